import type { TurnState } from '../../../store/records.ts';
import { formatsOf } from '../formats.ts';
import type { Replies } from '../replies.ts';

const { ago, list, number } = formatsOf('zh-CN');

const STATES: Readonly<Record<TurnState, string>> = {
  waiting: '等待中',
  queued: '排队中',
  running: '进行中',
  succeeded: '已完成',
  stopped: '已停止',
  expired: '超时',
  asked: '我提了个问题',
  declined: '我做不到',
  failed: '失败',
};

const request = (words: string): string => (words === '' ? '一张图片' : `“${words}”`);

export const CHINESE_REPLIES: Replies = {
  help: [
    '发给我一张图片，说说要改什么：“做成雾蒙蒙的早晨”“裁成 16:9”“让天空更有戏剧感”。我会先思考，再编辑，然后检查自己的结果并修正，直到满意。如果我没听懂，可以试试用英文说。',
    '之后接着聊就行：“再淡一点”“现在改成黑白”。我会编辑最新的结果，或者你回复的那一张。',
    '“撤销”“重做”“回到原图”“用第 1 轮”“停止”“再试一次”“对比”“你改了什么？”“历史”也都可以用。“忘掉我”会删除我保存的关于你的一切。',
  ].join('\n'),

  whichPicture: '你说的是哪张图片？发到这里，我就接着做。',
  whatToDo: '要我对这张图片做什么？',
  shallI: '这是对我说的吗？点击按钮，我就照你说的编辑图片。',
  changedRequest: '我做完之后你改了要求。要我按新的来做吗？',

  tooManyPictures: (most) =>
    most === 1
      ? '我一次只能处理一张图片。请只发要编辑的那张。'
      : `我一次最多能处理 ${number(most)} 张图片。请少发几张。`,
  limits: {
    openPerPerson: '我还在忙你的其他要求。请等其中一个完成，或者说“停止”。',
    dailyPerPerson: '这是你今天的最后一个要求。明天我再为你服务。',
    dailyInWorkspace: '这是你今天在这里的最后一个要求。明天我再为你服务。',
    dailyTotal: '今天我不能再接受更多要求了。请明天再来。',
  },
  noPictureYet: '这里还没有图片。请发一张，并说说要改什么。',

  undone: '回到这一张了。',
  redone: '又到这一张了。',
  original: '回到原图了。说“撤销”可以回到刚才的地方。',
  using: (round) => `我们从第 ${round} 轮继续。`,
  withdrawn: '已撤回。我们从这一张继续。',
  nothingToUndo: '没有可以撤销的。',
  nothingToRedo: '没有可以重做的。',
  atOriginal: '现在已经是原图了。',
  noSuchRound: (round, rounds) =>
    rounds.length === 0
      ? `这里还没有第 ${round} 轮。`
      : `这里没有第 ${round} 轮，只有第 ${list(rounds.map(String))} 轮。`,

  nothingToStop: '我在这里没有进行中的属于你的要求。',
  notYours: '这是别人的要求。只有本人和管理员可以停止。',
  nothingToRetry: '这里没有我可以再做一次的。',
  sameAgain: '再做一次结果也一样。告诉我哪里要不同。',

  compared: '编辑前和编辑后。',
  altBefore: '之前的图片。',
  altAfter: '之后的图片。',
  altNow: '接下来要编辑的图片。',
  nothingToCompare: '还没有可以对比的：图片还是发来时的样子。',
  explained: (words, reasoning, instructions) =>
    [
      `你的要求：“${words}”。`,
      ...(reasoning === '' ? [] : [`我的想法：${reasoning}`]),
      instructions.length === 1 ? '我做了：' : '我一步步做了：',
      ...instructions.map((instruction) => `• ${instruction}`),
    ].join('\n'),
  nothingToExplain: '我没有改动这张图片：它还是发来时的样子。',
  history: (lines) => ['我们在这里做过的：', ...lines].join('\n'),
  historyLine: (sequence, words, state, isCurrent) =>
    `${sequence}. ${request(words)}：${STATES[state]}${isCurrent ? ' ← 现在在这里' : ''}`,
  noHistory: '我们在这里还没有做过什么。',
  recent: '你最近的要求：',
  noRecent: '你还没有向我提过要求。',
  request,
  stateAndTime: (state, agoMs) => `${STATES[state]}，${ago(agoMs)}`,
  thanks: '谢谢，记下了。',

  settings: {
    allChannels: '我在所有频道工作。',
    onlyChannels: (channels) => `我只在这些频道工作：${list(channels)}。`,
    everybody: '所有人都可以找我。',
    onlyRoles: (roles) => `只有这些角色可以找我：${list(roles)}。`,
    noDailyLimit: '每天的要求数量没有限制。',
    dailyLimit: (requests) => `每人每天最多 ${number(requests)} 个要求。`,
    rounds: (most) => `一个要求最多 ${number(most)} 轮。`,
    followUps: '在我的会话串里，没有提到我的消息我也会听。',
    noFollowUps: '只有提到我、回复我或者回答我的问题时，我才会回应。',
  },
  settingsAreForAdmins: '只有管理员可以更改我的设置。',
  noSettingsHere: '我在这里没有设置：设置属于服务器或工作区。',
  notInThisChannel: (channels) =>
    channels.length === 0
      ? '我不能在这个频道工作。请在别的频道找我。'
      : `我不能在这个频道工作。请在这里找我：${list(channels)}。`,
  notYourRole: (roles) =>
    roles.length === 0
      ? '在这里只有部分角色可以找我。请联系管理员。'
      : `在这里要有这些角色之一才能找我：${list(roles)}。请联系管理员。`,

  forgetMe:
    '这会永久删除我保存的关于你的一切：你的要求、你的图片和它们的结果，无论在这里还是别处。要删除吗？',
  forgotten: (turns) =>
    turns === 0 ? '没有属于你的内容可以删除。' : `已永久删除：${number(turns)} 个要求和所有图片。`,
};
