import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { AppError } from '../../../errors.ts';
import { fileExtension } from '../../../image/formats.ts';
import { IMAGE_FORMATS, type EncodedImage } from '../../../image/types.ts';
import { ImageId, type ImageReference } from '../../../store/image-reference.ts';
import { inFormat } from '../../delivery/picture-files.ts';
import { badRequest } from '../failures.ts';
import { SIDES, type Renditions, type Side } from '../renditions.ts';
import type { ServerTools } from '../server.ts';

const Parameters = z.object({ id: ImageId });
const Size = z.object({
  size: z.coerce.number().refine((size): size is Side => SIDES.some((side) => side === size)),
});
const Form = z.object({
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,79}$/u),
  format: z.enum(IMAGE_FORMATS).exclude(['heic']).exactOptional(),
});

/** Content never changes under its own hash. */
const FOR_GOOD = 'private, max-age=31536000, immutable';

/** Pictures that messages of the chat show: in sizes to look at, and whole, to keep. */
export function addImages(
  server: FastifyInstance,
  { chat, images, signal }: ServerTools,
  renditions: Renditions,
): void {
  const shown = async (parameters: unknown): Promise<ImageReference> => {
    const { data } = Parameters.safeParse(parameters);
    const reference = data && (await chat.picture(data.id));
    if (reference) return reference;
    throw new AppError('IMAGE_NOT_FOUND', 'That picture is not in this chat any more.');
  };

  server.get('/images/:id', async ({ params, query }, reply) => {
    const size = Size.safeParse(query);
    if (!size.success) throw badRequest(size.error);
    const rendition = await renditions.get(await shown(params), size.data.size, { signal });
    return reply
      .header('cache-control', FOR_GOOD)
      .type(`image/${rendition.format}`)
      .send(bufferOf(rendition));
  });

  server.get('/files/:id', async ({ params, query }, reply) => {
    const form = Form.safeParse(query);
    if (!form.success) throw badRequest(form.error);
    const { name, format } = form.data;
    const kept = await images.get(await shown(params), { signal });
    const image = await inFormat(kept, format, { signal });
    const fileName = encodeURIComponent(`${name}.${fileExtension(image.format)}`);
    return reply
      .header('content-disposition', `attachment; filename*=UTF-8''${fileName}`)
      .type(`image/${image.format}`)
      .send(bufferOf(image));
  });
}

const bufferOf = ({ bytes }: EncodedImage): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
