import { useEffect, useState } from 'react';

/**
 * Gives the focus back to what had it before a dialog opened, or to the page where that is gone, such as the button of
 * a hold that was released. For dialogs that exist only while they are open.
 */
export function useReturnedFocus(): void {
  // At the first render: afterwards the dialog has taken it.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const target = opener?.isConnected === true ? opener : document.getElementById('content');
      if (target instanceof HTMLElement) target.focus();
    },
    [opener],
  );
}
