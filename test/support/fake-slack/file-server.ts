import { fileKindOf } from './file-kind.ts';
import type { StoredFile } from './types.ts';
import type { WebAnswer, WebRequest } from './web-api.ts';
import type { Workspace } from './workspace.ts';
import type { World } from './world.ts';

const LOGIN_PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>';

/** What somebody gets who may not have a file: a page to log in, and no word of a fault. */
export const loginPage = (): WebAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: LOGIN_PAGE,
});

const plain = (status: number, body: string): WebAnswer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});

/** Takes the bytes of a file at the address that was made for it. */
export async function takeUpload(world: World, request: WebRequest): Promise<WebAnswer> {
  const { file } = find(world, request.path);
  if (file?.state !== 'announced') return plain(404, 'not found');
  const bytes = await bytesOf(request);
  if (bytes.length !== file.announcedBytes) {
    world.faults.push(`${file.name} has ${bytes.length} bytes, not ${file.announcedBytes}.`);
    return plain(400, 'wrong length');
  }
  file.bytes = bytes;
  file.kind = await fileKindOf(file.name, bytes);
  file.state = 'uploaded';
  return plain(200, `OK - ${bytes.length}`);
}

/** Gives the bytes of a file to those who show the token of an app that may read files. */
export function giveDownload(world: World, { path, authorization }: WebRequest): WebAnswer {
  const { workspace, file } = find(world, path);
  if (!workspace || !file || file.state === 'deleted') {
    return { ...loginPage(), status: 404 };
  }
  const mayRead =
    authorization === `Bearer ${workspace.botToken}` &&
    workspace.scopes.has('files:read') &&
    !workspace.isRevoked;
  if (!mayRead) return loginPage();
  return {
    status: 200,
    headers: { 'content-type': file.kind.mimeType, 'content-length': String(file.bytes.length) },
    body: file.bytes,
  };
}

function find(
  { workspaces }: World,
  path: string,
): { readonly workspace?: Workspace; readonly file?: StoredFile } {
  const [, team, id = ''] = /\/(T\w+)-(F\w+)/.exec(path) ?? [];
  const workspace = workspaces.find((one) => one.id === team);
  const file = workspace?.files.get(id);
  return { ...(workspace && { workspace }), ...(file && { file }) };
}

/** A body of bytes alone, or the first file of a form. */
async function bytesOf({ type, body }: WebRequest): Promise<Uint8Array> {
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  for (const value of form.values()) {
    if (value instanceof Blob) return new Uint8Array(await value.arrayBuffer());
  }
  return new Uint8Array();
}
