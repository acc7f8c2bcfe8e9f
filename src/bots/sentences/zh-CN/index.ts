import type { Best } from '../../../store/findings.ts';
import type { Sentences } from '../../sentences.ts';
import { endedBy, type Endings } from '../ended.ts';
import { formatsOf } from '../formats.ts';
import { joined } from '../joined.ts';
import { keptBy } from '../kept.ts';
import { CHINESE_FAILURES } from './failures.ts';
import { CHINESE_REPLIES } from './replies.ts';

const FORMATS = formatsOf('zh-CN');
const { number, percent, roughly } = FORMATS;

const REASONS: Readonly<Record<Best['reason'], string>> = {
  'only-round': '它是唯一的一轮',
  'judged-success': '它被判定为成功',
  'highest-score': '它的评分最高',
  'latest-of-equals': '它是同样好的几轮里最新的',
  chosen: '它是你选的',
};

const ENDINGS: Endings = {
  succeeded: { withPicture: '完成了。', without: '完成了。' },
  asked: { withPicture: '我有个问题。', without: '我有个问题。' },
  stopped: { withPicture: '已停止。这是目前最好的结果。', without: '已停止。' },
  expired: {
    withPicture: '时间到了。这是目前最好的结果；点击“重试”可以重新运行。',
    without: CHINESE_FAILURES.DEADLINE,
  },
};

export const CHINESE: Sentences = {
  locale: 'zh-CN',

  waiting: '正在等前一个要求完成。',
  queued: (ahead, etaMs) => {
    if (ahead === undefined) return '正在排队。';
    const place = ahead === 0 ? '下一个就轮到你' : `正在排队，前面还有 ${ahead} 个`;
    return `${place}${etaMs === undefined ? '' : `，大约 ${roughly(etaMs)}后完成`}。`;
  },
  thinking: '正在思考…',
  editing: (round, steps, etaMs) => {
    const parts = [
      steps && `第 ${steps.done}/${steps.total} 步（${percent(steps.done / steps.total)}）`,
      etaMs === undefined ? undefined : `还需大约 ${roughly(etaMs)}`,
    ].filter((part) => part !== undefined);
    return `第 ${round} 轮：正在编辑${parts.length > 0 ? `，${parts.join('，')}` : '…'}`;
  },
  reflecting: (round) => `第 ${round} 轮：正在检查结果…`,

  ended: endedBy(ENDINGS, CHINESE_FAILURES, (failure) => `${failure}这是到那时为止的结果。`),
  answer: ({ round, reason }, rounds) =>
    rounds === 1 ? '做好了。' : `共 ${rounds} 轮，采用第 ${round} 轮：${REASONS[reason]}。`,
  failures: CHINESE_FAILURES,

  round: (round) => `第 ${round} 轮`,
  verdicts: {
    success: '成功：这就是想要的效果。',
    refine: '差一点：从这张图继续。',
    revert: '不行：不用这张，重新来。',
  },
  scores: ({ editSuccess, overEdit, naturalness, artifacts }, overall) =>
    [
      `符合要求 ${number(editSuccess)}`,
      `其余保留 ${number(overEdit)}`,
      `自然 ${number(naturalness)}`,
      `干净 ${number(artifacts)}`,
      `总分 ${number(Math.round(overall))}/100`,
    ].join(' · '),
  kept: keptBy(
    {
      size: '尺寸',
      place: (offset) => `位置（曾偏移 ${offset}）`,
      pixels: (share) => `${share} 的像素`,
      outside: '蒙版以外的全部内容',
      all: (parts) => `已按编辑前的图片恢复：${parts}。`,
    },
    FORMATS,
  ),

  altResult: (instruction, critique) => joined('编辑后的图片。', instruction, critique),
  altRound: (round, instruction, critique) =>
    joined(`第 ${round} 轮之后的图片。`, instruction, critique),
  altBefore: '编辑前的图片。',
  altPreview: (round) => `第 ${round} 轮未完成的预览。`,
  shownSmaller: (shown, whole) => `以 ${shown} 显示；完整图片是 ${whole}。`,

  buttons: {
    stop: '停止',
    undo: '撤销',
    redo: '重做',
    retry: '重试',
    variations: '更多版本',
    compare: '对比',
    use: '用这张',
    edit: '编辑图片',
    'forget-me': '全部删除',
    'thumbs-up': '👍',
    'thumbs-down': '👎',
  },
  useRound: (round) => `用第 ${round} 轮`,

  threadTitle: '编辑图片',
  replies: CHINESE_REPLIES,
};
