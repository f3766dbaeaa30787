import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';

/** A question with a form: exists while it is open, cannot be left while its answer is under way. */
export function FormDialog({
  title,
  submit,
  cancel = 'Cancel',
  dangerous = false,
  ready = true,
  busy,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  readonly submit: string;
  readonly cancel?: string;
  readonly dangerous?: boolean;
  /** Whether what was filled in can be sent. */
  readonly ready?: boolean;
  /** Whether it is being sent. */
  readonly busy: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  useReturnedFocus();
  const isReady = ready && !busy;
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !busy) onClose();
      }}
    >
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) onSubmit();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className="fields">{children}</DialogContent>
            <DialogActions>
              <Button disabledFocusable={busy} onClick={onClose}>
                {cancel}
              </Button>
              <Button
                type="submit"
                appearance="primary"
                className={dangerous ? 'danger' : undefined}
                disabledFocusable={!isReady}
              >
                {submit}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** Gives the focus back to what had it before the dialog opened, or to the page where that is gone. */
function useReturnedFocus(): void {
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
