import type { TurnState } from '../../../store/records.ts';
import { formatsOf } from '../formats.ts';
import type { Replies } from '../replies.ts';

const { ago, list, number } = formatsOf('ja');

const STATES: Readonly<Record<TurnState, string>> = {
  waiting: '待機中',
  queued: '順番待ち',
  running: '作業中',
  succeeded: '完了',
  stopped: '停止',
  expired: '時間切れ',
  asked: 'こちらから質問しました',
  declined: 'できませんでした',
  failed: '失敗',
};

const request = (words: string): string => (words === '' ? '画像' : `「${words}」`);

export const JAPANESE_REPLIES: Replies = {
  help: [
    '画像を送って、何を変えたいか教えてください：「霧の朝のようにして」「16:9に切り抜いて」「空をもっとドラマチックに」。よく考えて編集し、自分で結果を確かめ、納得できるまで直します。うまく伝わらないときは、英語でも試してみてください。',
    'そのまま話しかけて続けられます：「もう少し控えめに」「次は白黒で」。最新の結果か、返信先の結果を編集します。',
    '「元に戻す」「やり直す」「最初の画像に戻して」「ラウンド1を使う」「停止」「もう一度」「比較」「何を変えたの？」「履歴」も使えます。「私のことを忘れて」で、保存しているあなたのデータをすべて削除します。',
  ].join('\n'),

  whichPicture: 'どの画像のことですか？ここに送ってくだされば、ご依頼の続きをします。',
  whatToDo: 'この画像をどうしましょうか？',
  shallI: '私へのご依頼でしたか？ボタンを押すと、そのとおりに画像を編集します。',
  changedRequest: '完了した後に依頼が変更されました。新しい内容で編集しましょうか？',

  tooManyPictures: (most) =>
    most === 1
      ? '一度に扱える画像は1枚です。編集したい画像だけを送ってください。'
      : `一度に扱える画像は${number(most)}枚までです。枚数を減らして送ってください。`,
  limits: {
    openPerPerson:
      'まだほかのご依頼の作業中です。どれかが終わるのを待つか、「停止」と言ってください。',
    dailyPerPerson: '今日のご依頼はこれで上限です。また明日お待ちしています。',
    dailyInWorkspace: 'ここでの今日のご依頼はこれで上限です。また明日お待ちしています。',
    dailyTotal: '今日はこれ以上お受けできません。明日またお願いします。',
  },
  noPictureYet: 'ここにはまだ画像がありません。画像を送って、何を変えたいか教えてください。',

  undone: 'この画像に戻しました。',
  redone: 'もう一度この画像に進めました。',
  original: '最初の画像に戻しました。「元に戻す」で先ほどの状態に戻れます。',
  using: (round) => `ラウンド${round}から続けます。`,
  withdrawn: '依頼を取り消しました。この画像から続けます。',
  nothingToUndo: '元に戻すものがありません。',
  nothingToRedo: 'やり直すものがありません。',
  atOriginal: 'もう最初の画像です。',
  noSuchRound: (round, rounds) =>
    rounds.length === 0
      ? `ここにはまだラウンド${round}がありません。`
      : `ここにラウンド${round}はありません。あるのはラウンド${list(rounds.map(String))}です。`,

  nothingToStop: 'ここで作業中のあなたのご依頼はありません。',
  notYours: 'これはほかの方のご依頼です。停止できるのはご本人と管理者です。',
  nothingToRetry: 'ここにはもう一度できるものがありません。',
  sameAgain: '同じ結果になります。どこを変えたいか教えてください。',

  compared: '編集前と編集後です。',
  altBefore: '前の画像。',
  altAfter: '後の画像。',
  altNow: '次に編集する画像。',
  nothingToCompare: 'まだ比べるものがありません。届いたままの画像です。',
  explained: (words, reasoning, instructions) =>
    [
      `ご依頼：「${words}」`,
      ...(reasoning === '' ? [] : [`考えたこと：${reasoning}`]),
      instructions.length === 1 ? 'したこと：' : 'したこと（順番に）：',
      ...instructions.map((instruction) => `• ${instruction}`),
    ].join('\n'),
  nothingToExplain: 'この画像は変えていません。届いたままの画像です。',
  history: (lines) => ['ここでしたこと：', ...lines].join('\n'),
  historyLine: (sequence, words, state, isCurrent) =>
    `${sequence}. ${request(words)}：${STATES[state]}${isCurrent ? ' ← 今ここです' : ''}`,
  noHistory: 'ここではまだ何もしていません。',
  recent: '最近のご依頼：',
  noRecent: 'ご依頼はまだありません。',
  request,
  stateAndTime: (state, agoMs) => `${STATES[state]}、${ago(agoMs)}`,
  thanks: 'ありがとうございます。記録しました。',

  settings: {
    allChannels: 'すべてのチャンネルで使えます。',
    onlyChannels: (channels) => `使えるチャンネル：${list(channels)}。`,
    everybody: '誰でも依頼できます。',
    onlyRoles: (roles) => `依頼できるロール：${list(roles)}。`,
    noDailyLimit: '1日の依頼数に上限はありません。',
    dailyLimit: (requests) => `1人につき1日${number(requests)}件まで依頼できます。`,
    rounds: (most) => `1件の依頼は最大${number(most)}ラウンドです。`,
    followUps: '私のスレッドでは、メンションのないメッセージにも耳を傾けます。',
    noFollowUps: 'メンションや返信、私の質問への答えにだけ応じます。',
  },
  settingsAreForAdmins: '設定を変えられるのは管理者だけです。',
  noSettingsHere: 'ここには設定がありません。設定はサーバーやワークスペースごとのものです。',
  notInThisChannel: (channels) =>
    channels.length === 0
      ? 'このチャンネルでは使えません。ほかのチャンネルで頼んでください。'
      : `このチャンネルでは使えません。次のチャンネルで頼んでください：${list(channels)}。`,
  notYourRole: (roles) =>
    roles.length === 0
      ? 'ここで依頼できるのは一部のロールだけです。管理者に相談してください。'
      : `ここで依頼するには次のロールが必要です：${list(roles)}。管理者に相談してください。`,

  forgetMe:
    '保存しているあなたのデータを、ここでもほかの場所でも、すべて完全に削除します：ご依頼、画像、その結果です。よろしいですか？',
  forgotten: (turns) =>
    turns === 0
      ? '削除するデータはありませんでした。'
      : `完全に削除しました：ご依頼${number(turns)}件とすべての画像です。`,
};
