import type { Best } from '../../../store/findings.ts';
import type { Sentences } from '../../sentences.ts';
import { endedBy, type Endings } from '../ended.ts';
import { formatsOf } from '../formats.ts';
import { joined } from '../joined.ts';
import { keptBy } from '../kept.ts';
import { JAPANESE_FAILURES } from './failures.ts';
import { JAPANESE_REPLIES } from './replies.ts';

const FORMATS = formatsOf('ja');
const { number, percent, roughly } = FORMATS;

const REASONS: Readonly<Record<Best['reason'], string>> = {
  'only-round': '唯一の結果です',
  'judged-success': '成功と判断しました',
  'highest-score': '評価が最も高い結果です',
  'latest-of-equals': '同じくらい良い結果のうち最新のものです',
  chosen: 'あなたが選んだ結果です',
};

const ENDINGS: Endings = {
  succeeded: { withPicture: '完了しました。', without: '完了しました。' },
  asked: { withPicture: '質問があります。', without: '質問があります。' },
  stopped: {
    withPicture: '停止しました。ここまでで一番良い結果です。',
    without: '停止しました。',
  },
  expired: {
    withPicture: '時間切れです。ここまでで一番良い結果です。「再試行」を押すとやり直せます。',
    without: JAPANESE_FAILURES.DEADLINE,
  },
};

export const JAPANESE: Sentences = {
  locale: 'ja',

  waiting: '前の依頼が終わるのを待っています。',
  queued: (ahead, etaMs) => {
    if (ahead === undefined) return '順番を待っています。';
    const place = ahead === 0 ? '次に処理します' : `順番待ちです（あと${ahead}件）`;
    return `${place}${etaMs === undefined ? '' : `。完了まで約${roughly(etaMs)}です`}。`;
  },
  thinking: '考えています…',
  editing: (round, steps, etaMs) => {
    const parts = [
      steps && `ステップ${steps.done}/${steps.total}（${percent(steps.done / steps.total)}）`,
      etaMs === undefined ? undefined : `残り約${roughly(etaMs)}`,
    ].filter((part) => part !== undefined);
    return `ラウンド${round}：編集しています${parts.length > 0 ? `、${parts.join('、')}` : '…'}`;
  },
  reflecting: (round) => `ラウンド${round}：結果を確認しています…`,

  ended: endedBy(
    ENDINGS,
    JAPANESE_FAILURES,
    (failure) => `${failure}それまでにできたものをお見せします。`,
  ),
  answer: ({ round, reason }, rounds) =>
    rounds === 1
      ? 'できました。'
      : `全${rounds}ラウンドのうちラウンド${round}を採用しました。${REASONS[reason]}。`,
  failures: JAPANESE_FAILURES,

  round: (round) => `ラウンド${round}`,
  verdicts: {
    success: '成功：ご希望どおりです。',
    refine: 'あと少し：この画像から続けます。',
    revert: '不採用：この画像を使わずにやり直します。',
  },
  scores: ({ editSuccess, overEdit, naturalness, artifacts }, overall) =>
    [
      `依頼どおり ${number(editSuccess)}`,
      `ほかの部分の維持 ${number(overEdit)}`,
      `自然さ ${number(naturalness)}`,
      `きれいさ ${number(artifacts)}`,
      `総合 ${number(Math.round(overall))}/100`,
    ].join(' · '),
  kept: keptBy(
    {
      size: 'サイズ',
      place: (offset) => `位置（${offset}のずれ）`,
      pixels: (share) => `画素の${share}`,
      outside: 'マスクの外側すべて',
      all: (parts) => `編集前の画像に戻した点：${parts}。`,
    },
    FORMATS,
  ),

  altResult: (instruction, critique) => joined('編集後の画像。', instruction, critique),
  altRound: (round, instruction, critique) =>
    joined(`ラウンド${round}の後の画像。`, instruction, critique),
  altBefore: '編集前の画像。',
  altPreview: (round) => `ラウンド${round}の途中のプレビュー。`,
  shownSmaller: (shown, whole) => `${shown}で表示しています。元の画像は${whole}です。`,

  buttons: {
    stop: '停止',
    undo: '元に戻す',
    redo: 'やり直す',
    retry: '再試行',
    variations: 'バリエーション',
    compare: '比較',
    use: 'これを使う',
    edit: '画像を編集',
    'forget-me': 'すべて削除',
    'thumbs-up': '👍',
    'thumbs-down': '👎',
  },
  useRound: (round) => `ラウンド${round}を使う`,

  threadTitle: '画像を編集',
  replies: JAPANESE_REPLIES,
};
