import { Button, Dialog, UnStyledButton, pick, useGraphiQL } from '@graphiql/react';
import type { GraphQLSchema } from 'graphql';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { logIn, logOut, session, signUp } from './session';
import type { Session } from './session';

/// Who the requests of all tabs are sent for, and how to become somebody else. Shown where the
/// schema has the platform's mutations.
export function LogIn() {
  const { schema } = useGraphiQL(pick('schema'));
  const [open, setOpen] = useState(false);
  const current = session.use();
  if (!offers(schema, 'logIn', 'LogInInput')) {
    return null;
  }
  return (
    <>
      <UnStyledButton type="button" className="login-button" onClick={() => setOpen(true)}>
        {current ? current.name : 'Log in'}
      </UnStyledButton>
      <Dialog open={open} onOpenChange={setOpen}>
        <div className="graphiql-dialog-header">
          <Dialog.Title className="graphiql-dialog-title">{current ? 'Logged in' : 'Log in'}</Dialog.Title>
          <Dialog.Close />
        </div>
        {current ? (
          <LoggedIn current={current} />
        ) : (
          <Form canSignUp={offers(schema, 'signUp', 'SignUpInput')} onDone={() => setOpen(false)} />
        )}
      </Dialog>
    </>
  );
}

function offers(schema: GraphQLSchema | null | undefined, mutation: string, input: string): boolean {
  return Boolean(schema?.getMutationType()?.getFields()[mutation] && schema.getType(input));
}

function LoggedIn({ current }: { current: Session }) {
  return (
    <div className="login-form">
      <Dialog.Description className="login-hint">
        Every request of every tab is sent for <b>{current.name}</b>, with the header{' '}
        <code>Authorization: Bearer …</code>, unless the tab's own headers say something else.
      </Dialog.Description>
      <div className="login-actions">
        <Button type="button" onClick={() => void navigator.clipboard?.writeText(current.accessToken)}>
          Copy token
        </Button>
        <Button type="button" onClick={() => logOut().catch(() => {})}>
          Log out
        </Button>
      </div>
    </div>
  );
}

function Form({ canSignUp, onDone }: { canSignUp: boolean; onDone: () => void }) {
  const [isNew, setIsNew] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '');
    setBusy(true);
    try {
      await (isNew
        ? signUp(value('email'), value('password'), value('name'))
        : logIn(value('email'), value('password')));
      onDone();
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure));
      setBusy(false);
    }
  }

  return (
    <form className="login-form" onSubmit={submit}>
      <Dialog.Description className="login-hint">
        The requests of all tabs will be sent with your token.
      </Dialog.Description>
      {isNew && <Field name="name" label="Name" type="text" autoComplete="name" />}
      <Field name="email" label="E-mail" type="email" autoComplete="username" />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
      />
      {problem && (
        <p className="login-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="login-actions">
        {canSignUp && (
          <UnStyledButton type="button" className="login-other" onClick={() => setIsNew(!isNew)}>
            {isNew ? 'I have an account' : 'Create an account'}
          </UnStyledButton>
        )}
        <Button type="submit" disabled={busy} className="login-submit">
          {isNew ? 'Sign up' : 'Log in'}
        </Button>
      </div>
    </form>
  );
}

function Field(props: { name: string; label: string; type: string; autoComplete: string }) {
  const { label, ...input } = props;
  return (
    <label className="login-field">
      {label}
      <input required {...input} />
    </label>
  );
}
