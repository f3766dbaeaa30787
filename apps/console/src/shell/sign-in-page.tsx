import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { signInAddress } from './session.ts';

/** What somebody sees who is not signed in. */
export function SignInPage(): ReactElement {
  return (
    <main className="sign-in">
      <img src="/console/mark.svg" alt="" width="56" height="56" />
      <h1>Interlock</h1>
      <p>Pause Entra provisioning jobs safely, and see who did what, with proof.</p>
      <Button as="a" appearance="primary" size="large" href={signInAddress()}>
        Sign in
      </Button>
      <p className="quiet">With your work account. What you may do then is up to your roles and the policy.</p>
    </main>
  );
}
