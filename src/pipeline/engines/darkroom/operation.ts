import type { Sharp } from 'sharp';

import type { FileForm } from '../../../image/formats.ts';
import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';
import type { Clause } from './language/clause.ts';
import type { Span } from './language/direction.ts';
import type { Area } from './measure/area.ts';
import type { Goal, Measured } from './measure/goal.ts';
import type { Photo } from './measure/photo.ts';
import type { Params, Phrase } from './phrase.ts';
import type { Box, Painting, Size } from './pixels/box.ts';
import type { ColourStage } from './pixels/colour-pass.ts';
import type { Pixels } from './pixels/pixels.ts';
import type { Region } from './pixels/region.ts';

/** One operation of an instruction, with what it is to achieve. Plain data. */
export interface Step {
  readonly operation: string;
  readonly region: Region;
  readonly params: Params;
  readonly goals: readonly Goal[];
}

/** A wish as understood from words; what it takes is decided when the picture has been measured. */
export interface Wish {
  readonly operation: string;
  /** Left out without a word where the picture does not need it. */
  readonly optional?: boolean;
  /** It does not say what is wanted, which is asked for unless another wish for the same operation says it. */
  readonly vague?: boolean;
  /** Where it is done when the words name no other place: "bokeh" is for the background. */
  readonly region?: Region;
  /** One of several wishes that do one thing together: left out without a word where there is no need. */
  readonly quiet?: boolean;
  /** What is done in its place when the request says not to do it: "make it square, but don't crop it". */
  readonly instead?: readonly Wish[];
  plan(
    photo: Photo,
    area: Area,
    references: readonly EncodedImage[],
    context: PlanContext,
  ): Planned | Promise<Planned>;
}

/** What is known besides the measured picture when a wish is planned. */
export interface PlanContext {
  /** The file that is edited. */
  readonly image: EncodedImage;
  /** The steps that are done before. */
  readonly steps: readonly Step[];
  /** Whether those make parts of the picture transparent. */
  readonly transparent: boolean;
}

/** `why` and `nothing` are sentences for the user. */
export type Planned =
  | { readonly params: Params; readonly goals: readonly Goal[]; readonly why: string }
  | { readonly nothing: string };

export interface Match {
  readonly used: readonly Span[];
  readonly wishes: readonly Wish[];
}

/** A picture on its way through a pipeline that moves it about. */
export interface Canvas {
  readonly sharp: Sharp;
  /** Pixels that the pipeline puts out. */
  readonly size: Size;
  /** Pixels of the full picture; larger than `size` when a small copy stands in for it. */
  readonly full: Size;
  /** 16 bits a channel. */
  readonly deep: boolean;
}

/**
 * One kind of edit: how it is asked for, what it takes on a given picture, how it is written down
 * and read again, and how it is done. Adding one is adding a file and its line in `index.ts`.
 */
export interface Operation {
  readonly name: string;
  /** In words, for the list of what can be done: "make it brighter or darker". */
  readonly offer: string;
  /** Steps are done in this order; equal ones in the order of the request. */
  readonly order: number;
  /** Whether it can be limited to a part of the picture. */
  readonly regional: boolean;
  readonly phrase: Phrase;
  readonly work: Work;
  /** Whether it leaves places transparent, so that the answer needs a file that can. */
  readonly transparent?: (params: Params) => boolean;
  match(clause: Clause): Match | undefined;
  /** The parameters for the next try, when a goal was missed; undefined when there is none better. */
  correct?(
    params: Params,
    missed: readonly Measured[],
    trial: Trial,
  ): Params | undefined | Promise<Params | undefined>;
}

/** One try of a step: the picture as it would be without the step, and as it came out with it. */
export interface Trial {
  readonly without: Photo;
  readonly edited: Photo;
  readonly area: Area;
  /** The whole result of the round. */
  readonly file: EncodedImage;
  readonly call: Call;
}

/** What a step finds besides its parameters when it is done. */
export interface Setting {
  readonly area: Area;
  readonly call: Call;
}

/**
 * How an operation is done, in the order in which the kinds follow one another: by moving pixels, by
 * a change of colour that looks at one pixel alone, by a filter that looks at neighbours (laid over
 * its region by the engine) or a rework that finds its own places, by an overlay, by a frame
 * around the picture, and by the form of the file.
 */
export type Work =
  | {
      readonly kind: 'move';
      move(
        canvas: Canvas,
        params: Params,
        references: readonly EncodedImage[],
      ): Canvas | Promise<Canvas>;
    }
  | { readonly kind: 'colour'; stage(params: Params): ColourStage }
  | {
      /** The picture keeps its size and channels. */
      readonly kind: 'filter';
      /**
       * Changes tones, and works alike on a small copy: it is rehearsed there together with the
       * changes of colour, so that goals take account of it.
       */
      readonly tonal?: boolean;
      filter(pixels: Pixels, params: Params, setting: Setting): Promise<Pixels>;
    }
  | {
      /** The picture keeps its size; it may gain transparency. */
      readonly kind: 'rework';
      rework(pixels: Pixels, params: Params, setting: Setting): Promise<Pixels>;
    }
  | { readonly kind: 'overlay'; paint(size: Size, params: Params): Promise<Painting> }
  | {
      readonly kind: 'frame';
      /** Puts pixels around the picture; its own stay as they are, but for those that it hides. */
      frame(pixels: Pixels, params: Params, call: Call): Promise<Pixels>;
      /** Where the picture lies within the result, given the size of the picture. */
      inside(size: Size, params: Params): { readonly outer: Size; readonly inner: Box };
      /** Whether a place of the picture still shows, in its pixels; absent where all of it does. */
      shows?(size: Size, params: Params): (x: number, y: number) => boolean;
    }
  | { readonly kind: 'file'; form(params: Params): FileForm };

export type WorkKind = Work['kind'];
