/* The page's side of the chat's HTTP interface. */

/** What the chat could not do, in one sentence for the reader, and the code of the reason. */
export class ChatError extends Error {
  constructor(code, message, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const ID_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** The name of one thing that is done: however often it is sent, it is done once. */
export function freshKey() {
  const numbers = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(numbers, (number) => ID_DIGITS[number % ID_DIGITS.length]).join('');
}

export async function isOpen() {
  return (await answer(await request('/api/session'))).isOpen;
}

export async function enter(token) {
  await answer(await sendJson('/api/session', { token }));
}

/** @return {Promise<{thread: string, message: string}>} */
export async function say(saying) {
  return answer(await patiently(() => sendJson('/api/messages', saying)));
}

/** @param action `{ action, turnId, round? }` */
export async function press(messageId, { action, turnId, round }) {
  const pressing = { key: freshKey(), messageId, action: { action, turnId, round } };
  await answer(await patiently(() => sendJson('/api/actions', pressing)));
}

export async function removeThread(thread) {
  await answer(await request(`/api/threads/${thread}`, { method: 'DELETE' }));
}

/**
 * Sends a file, and tells how much of it has left.
 * @param onProgress Called with 0 to 1.
 * @return {Promise<{id: string, bytes: number}>}
 */
export function upload(file, onProgress, signal) {
  // Not by fetch, which does not tell how far it is.
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', '/api/uploads');
    sending.setRequestHeader('content-type', 'application/octet-stream');
    sending.responseType = 'json';
    sending.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
    sending.addEventListener('load', () => {
      const { status, response } = sending;
      if (status === 201) resolve(response);
      else reject(new ChatError(response?.code, response?.message ?? UNREADABLE, status));
    });
    sending.addEventListener('error', () => reject(new ChatError('OFFLINE', OFFLINE, 0)));
    sending.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => sending.abort());
    sending.send(file);
  });
}

const OFFLINE = 'The chat can’t be reached; check that it is running.';
const UNREADABLE = 'The chat gave no answer; please try again.';

const sendJson = (path, body) =>
  request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function request(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    throw new ChatError('OFFLINE', OFFLINE, 0, { cause: error });
  }
}

/** Once more where the answer was lost: what has a key is done once. */
async function patiently(send) {
  try {
    return await send();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 800));
    return send();
  }
}

async function answer(response) {
  if (response.status === 204) return undefined;
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw new ChatError(body.code, body.message ?? UNREADABLE, response.status);
}
