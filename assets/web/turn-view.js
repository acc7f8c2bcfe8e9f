import { buttonsView } from './buttons.js';
import { h, keyed, setAttribute, setChildren, setText, words } from './dom.js';
import { icon } from './icons.js';
import { downloadAddress, pictureView } from './picture.js';
import { foldView, roundView } from './round-view.js';
import { sliderView } from './slider.js';
import { isGoing } from './thread-model.js';

/** One request and all that came of it. */
export function turnView(actions) {
  const status = statusView(actions);
  const rounds = keyed(() => roundView(actions));
  const list = h('ol', { class: 'rounds', 'aria-label': 'Rounds' });
  const final = finalView(actions);
  const article = h('article', { class: 'turn-body' });
  const element = h('li', { class: 'turn' }, article);
  return {
    element,
    update(turn) {
      setAttribute(element, 'data-turn', turn.turnId);
      setAttribute(element, 'data-state', turn.status?.state);
      setAttribute(article, 'aria-label', `The edit: ${turn.status?.request ?? ''}`);
      if (turn.status) status.update(turn);
      if (turn.final) final.update(turn.final, turn.rounds);
      const going = isGoing(turn);
      setChildren(
        list,
        rounds(turn.rounds, ({ round }) => round, going),
      );
      setChildren(article, [
        turn.status && status.bar,
        turn.status && status.element,
        turn.rounds.length > 0 && list,
        turn.final && final.element,
      ]);
    },
  };
}

function statusView(actions) {
  const mark = h('span', { class: 'status-mark', 'aria-hidden': 'true' });
  const line = words('', { class: 'status-line' });
  const buttons = buttonsView(actions.press);
  const bar = h('div', {
    class: 'progress',
    role: 'progressbar',
    'aria-label': 'Progress of this round',
    'aria-valuemin': '0',
  });
  const thinking = foldView('Thinking');
  const plan = words('', { class: 'plan-text' });
  const planBox = h('div', { class: 'plan' }, h('h4', { class: 'label' }, 'Plan'), plan);
  const problem = words('', { class: 'problem' });
  const preview = pictureView('(max-width: 760px) 80vw, 420px', { class: 'preview' });
  const head = h('div', { class: 'status-head' }, mark, line, buttons.element);
  const statusBar = h('div', { class: 'status-bar' });
  const element = h('div', { class: 'status' });
  return {
    bar: statusBar,
    element,
    update({ status, final, rounds }) {
      const isOver = status.state === 'ended';
      setAttribute(statusBar, 'data-state', status.state);
      setAttribute(statusBar, 'data-answer', isOver && !final);
      setText(line, status.line);
      buttons.update(status);
      showProgress(bar, status.progress);
      if (status.plan !== undefined) setText(plan, status.plan);
      if (status.problem !== undefined) setText(problem, status.problem);
      if (status.preview) preview.update(status.preview);
      if (status.thinking) showThinking(thinking, status, isOver, rounds.length > 0);
      setChildren(statusBar, [head, status.state === 'running' && bar]);
      setChildren(element, [
        status.thinking && thinking.element,
        status.plan !== undefined && planBox,
        status.preview && preview.element,
        status.problem !== undefined && problem,
      ]);
      element.hidden = element.childElementCount === 0;
    },
  };
}

function showProgress(bar, progress) {
  setAttribute(bar, 'data-known', progress !== undefined);
  setAttribute(bar, 'aria-valuemax', progress?.total);
  setAttribute(bar, 'aria-valuenow', progress?.done);
  bar.style.setProperty('--share', progress ? String(progress.done / progress.total) : '0');
}

/** Open while it is being written, with its end in view. */
function showThinking(view, { thinking, plan }, isOver, hasRounds) {
  const isLive = !isOver && plan === undefined;
  const title = isLive ? 'Thinking' : 'Thought';
  const wasAtEnd = isAtEnd(view.text);
  view.update(thinking, { title, isOpen: isLive || (!isOver && !hasRounds && !thinking.folded) });
  setAttribute(view.element, 'data-live', isLive);
  if (isLive && wasAtEnd) view.text.scrollTop = view.text.scrollHeight;
}

const isAtEnd = ({ scrollTop, scrollHeight, clientHeight }) =>
  scrollHeight - scrollTop - clientHeight < 24;

function finalView(actions) {
  const slider = sliderView();
  const alone = pictureView('(max-width: 760px) 94vw, 800px', { class: 'final-picture' });
  const line = words('', { class: 'final-line' });
  const buttons = buttonsView(actions.press);
  const download = h(
    'a',
    { class: 'button button-primary', download: true },
    icon('download'),
    'Download',
  );
  const element = h('section', { class: 'final', 'aria-label': 'Result' });
  return {
    element,
    update(final, rounds) {
      if (final.before) slider.update({ before: final.before, after: final.picture });
      else alone.update(final.picture);
      setText(line, final.line);
      const name = rounds.length > 1 ? `result-round-${final.round}` : 'result';
      setAttribute(download, 'href', downloadAddress(final.picture, actions.fileNameOf(name)));
      buttons.update(final, download);
      setChildren(element, [line, final.before ? slider.element : alone.element, buttons.element]);
    },
  };
}
