import { ENDPOINT } from '../settings';
import { Store } from '../store';

/// Somebody who is logged in at the platform.
export interface Session {
  readonly name: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /// In milliseconds since the epoch.
  readonly expires: number;
}

/// Kept as long as the browser's tab.
const KEY = 'trivium:session';

/// Before a token expires, so that it is good when it arrives.
const AHEAD_MILLISECONDS = 30_000;

const SESSION_FIELDS = 'session { accessToken refreshToken expiresIn }';

export const session = new Store<Session | null>(stored());

/// The header for requests, with a fresh token; nothing if nobody is logged in.
export async function authorization(): Promise<Record<string, string>> {
  const current = session.read();
  if (current && current.expires - AHEAD_MILLISECONDS < Date.now()) {
    renewal ??= renew(current).finally(() => (renewal = null));
    await renewal;
  }
  const token = session.read()?.accessToken;
  return token ? { Authorization: `Bearer ${token}` } : {};
}

let renewal: Promise<void> | null = null;

export async function logIn(email: string, password: string): Promise<void> {
  const query = `mutation ExplorerLogIn($input: LogInInput!) { answer: logIn(input: $input) { user { displayName } ${SESSION_FIELDS} } }`;
  keep(await send(query, { input: { email, password } }));
}

export async function signUp(email: string, password: string, displayName: string): Promise<void> {
  const query = `mutation ExplorerSignUp($input: SignUpInput!) { answer: signUp(input: $input) { user { displayName } ${SESSION_FIELDS} } }`;
  keep(await send(query, { input: { email, password, displayName } }));
}

export async function logOut(): Promise<void> {
  const refreshToken = session.read()?.refreshToken;
  store(null);
  const query = `mutation ExplorerLogOut($refreshToken: String!) { answer: logOut(refreshToken: $refreshToken) { loggedOut } }`;
  await send(query, { refreshToken });
}

/// A session that cannot be renewed has ended.
async function renew({ name, refreshToken }: Session): Promise<void> {
  const query = `mutation ExplorerRefresh($refreshToken: String!) { answer: refreshSession(refreshToken: $refreshToken) { ${SESSION_FIELDS} } }`;
  try {
    keep({ user: { displayName: name }, ...(await send(query, { refreshToken })) });
  } catch {
    store(null);
  }
}

interface Answer {
  readonly user?: { readonly displayName: string };
  readonly session: { accessToken: string; refreshToken: string; expiresIn: number };
}

async function send(query: string, variables: object): Promise<Answer> {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (!data?.answer) {
    throw new Error(errors?.[0]?.message ?? `the router answered with ${response.status}`);
  }
  return data.answer;
}

function keep({ user, session: { accessToken, refreshToken, expiresIn } }: Answer): void {
  const expires = Date.now() + expiresIn * 1000;
  store({ name: user?.displayName ?? '', accessToken, refreshToken, expires });
}

function store(next: Session | null): void {
  session.write(next);
  try {
    if (next) {
      sessionStorage.setItem(KEY, JSON.stringify(next));
    } else {
      sessionStorage.removeItem(KEY);
    }
  } catch {
    // Without storage, the session ends with the page.
  }
}

function stored(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}
