import { DefaultRestOptions, RESTJSONErrorCodes, type RESTOptions } from 'discord.js';
import { z } from 'zod';

/**
 * Makes a request as the client does, and tells one refusal apart. Messages older than an hour can be edited only so
 * often; Discord says that with the status of a rate limit, and the client shows no code of those. It becomes a bad request.
 */
export const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
  const answer = await DefaultRestOptions.makeRequest(url, init);
  if (answer.status !== TOO_MANY) return answer;
  const text = await answer.text();
  const status = codeIn(text) === OLD_MESSAGE ? BAD_REQUEST : TOO_MANY;
  return new Response(text, { status, headers: [...answer.headers] });
};

const TOO_MANY = 429;
const BAD_REQUEST = 400;
const OLD_MESSAGE = RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached;

const Refusal = z.object({ code: z.number() });

/** Before Discord itself there are others that refuse, and not in JSON. */
function codeIn(text: string): number | undefined {
  try {
    return Refusal.safeParse(JSON.parse(text)).data?.code;
  } catch {
    return undefined;
  }
}
