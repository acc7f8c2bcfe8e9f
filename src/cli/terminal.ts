import { styleText } from 'node:util';

/** What is needed of a stream that is written to; `process.stdout` is one. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export type Style = Parameters<typeof styleText>[0];

const LONGEST_LINE = 100;
const INDENT = '  ';
const LABEL_WIDTH = 10;
const CLEAR_LINE = '\r\u001b[K';

/**
 * Writes lines, flowing text, and a last line that is drawn over and over. On what is not a terminal
 * there is no colour, no wrapping, and no such line. Takes printable text alone.
 */
export class Terminal {
  readonly isLive: boolean;
  readonly #output: Output;
  readonly #colour: boolean;
  readonly #width: number;
  #column = 0;
  #drawn = false;
  #indent = INDENT;
  #pending = '';
  #pendingStyle: Style | undefined;
  /** The column of the line's first word. */
  #start = 0;
  #blank = '';

  constructor(output: Output, environment: Readonly<Record<string, string | undefined>>) {
    this.#output = output;
    this.isLive = output.isTTY === true && environment['TERM'] !== 'dumb';
    this.#colour = this.isLive && !environment['NO_COLOR'];
    this.#width = this.isLive ? Math.min(LONGEST_LINE, output.columns || 80) : Infinity;
  }

  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }

  line(text = ''): void {
    this.endFlow();
    this.#output.write(`${text}\n`);
  }

  /** A label and its text, whose further lines hang under the first. */
  item(label: string, text: string, style?: Style): void {
    this.endFlow();
    this.#output.write(`${INDENT}${this.style('gray', label.padEnd(LABEL_WIDTH))}`);
    this.#column = INDENT.length + LABEL_WIDTH;
    this.#start = this.#column;
    this.#indent = ' '.repeat(this.#column);
    this.flow(text, style);
    this.endFlow();
  }

  /** Goes on with text that comes in pieces, indented and broken between words. */
  flow(piece: string, style?: Style): void {
    this.#wipe();
    const text = this.#pending + piece;
    // A word that may go on in the next piece waits for its end, so that it is not broken.
    const end = this.isLive ? text.search(/\S+$/) : -1;
    this.#pending = end === -1 ? '' : text.slice(end);
    this.#pendingStyle = style;
    this.#put(end === -1 ? text : text.slice(0, end), style);
  }

  /** Ends flowing text, if any, so that a new line begins. */
  endFlow(): void {
    this.#wipe();
    this.#put(this.#pending, this.#pendingStyle);
    this.#pending = '';
    this.#indent = INDENT;
    this.#blank = '';
    if (this.#column > 0) this.#output.write('\n');
    this.#column = 0;
  }

  /** Draws a line that the next output replaces; nothing where there is no terminal. */
  draw(text: string): void {
    if (!this.isLive) return;
    this.endFlow();
    this.#output.write(text);
    this.#drawn = true;
  }

  #put(text: string, style: Style | undefined): void {
    let out = '';
    let run = '';
    const endRun = () => {
      out += style && run.trim() ? this.style(style, run) : run;
      run = '';
    };
    for (const [token] of text.matchAll(/\n|[^\S\n]+|\S+/g)) {
      if (token !== '\n' && token.trim() === '') {
        // Whether it ends the line or stands between two words shows with what follows.
        this.#blank = this.#column > this.#start ? token : '';
        continue;
      }
      const full = this.#column + this.#blank.length + token.length > this.#width;
      if (token === '\n' || (full && this.#column > this.#start)) {
        endRun();
        out += '\n';
        this.#column = 0;
        this.#blank = '';
        if (token === '\n') continue;
      }
      if (this.#column === 0) {
        out += this.#indent;
        this.#column = this.#indent.length;
        this.#start = this.#column;
      }
      run += this.#blank + token;
      this.#column += this.#blank.length + token.length;
      this.#blank = '';
    }
    endRun();
    if (out) this.#output.write(out);
  }

  #wipe(): void {
    if (this.#drawn) this.#output.write(CLEAR_LINE);
    this.#drawn = false;
  }
}
