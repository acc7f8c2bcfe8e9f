import { checkView } from '../blocks.ts';
import { Refusal, refuseUnless } from '../refusal.ts';
import { viewJson } from '../shapes.ts';
import type { Json, User, View } from '../types.ts';
import { makeId, type Workspace } from '../workspace.ts';
import type { ApiCall, Methods } from './handler.ts';

/** Modals lie on one another up to this height. */
const MAX_MODALS = 3;

export const VIEWS: Methods = {
  'views.open': (call) => {
    const user = triggeredBy(call);
    user.modals.splice(0);
    return shown(call, addModal(call.workspace, user, contentOf(call)));
  },

  'views.push': (call) => {
    const user = triggeredBy(call);
    return shown(call, addModal(call.workspace, user, contentOf(call)));
  },

  'views.update': (call) => {
    const { workspace, args } = call;
    const [viewId, externalId] = [args.optionalText('view_id'), args.optionalText('external_id')];
    const view = [...workspace.views.values()].find(
      ({ id, content }) => id === viewId || (externalId && content['external_id'] === externalId),
    );
    if (!view) throw new Refusal('not_found');
    const hash = args.optionalText('hash');
    refuseUnless(hash === undefined || hash === view.hash, 'hash_conflict');
    return shown(call, replaceView(workspace, view, contentOf(call)));
  },

  'views.publish': (call) => {
    const { workspace, args } = call;
    const user = workspace.users.get(args.text('user_id'));
    if (!user) throw new Refusal('user_not_found');
    const content = checkView(workspace, args.json('view', 'invalid_arguments'), 'home');
    const hash = args.optionalText('hash');
    refuseUnless(hash === undefined || hash === user.home?.hash, 'hash_conflict');
    user.home = makeView(user, content, { id: user.home?.id ?? makeId('V') });
    return shown(call, user.home);
  },
};

const contentOf = ({ workspace, args }: ApiCall): Json =>
  checkView(workspace, args.json('view', 'invalid_arguments'), 'modal');

function triggeredBy({ world, workspace, args }: ApiCall): User {
  const userId = world.triggers.use(args.text('trigger_id'));
  const user = workspace.users.get(userId);
  if (!user) throw new Refusal('invalid_trigger_id');
  return user;
}

/** @throws {Refusal} When too many lie on one another. */
export function addModal(workspace: Workspace, user: User, content: Json): View {
  refuseUnless(user.modals.length < MAX_MODALS, 'push_limit_reached');
  const below = user.modals.at(-1);
  const view = makeView(user, content, {
    id: makeId('V'),
    ...(below && { rootId: below.rootId, previousId: below.id }),
  });
  user.modals.push(view);
  workspace.views.set(view.id, view);
  return view;
}

export function replaceView(workspace: Workspace, view: View, content: Json): View {
  const user = workspace.users.get(view.userId);
  if (!user) throw new Refusal('not_found');
  const { id, rootId, previousId } = view;
  const replaced = makeView(user, content, { id, rootId, previousId });
  user.modals.splice(user.modals.indexOf(view), 1, replaced);
  workspace.views.set(id, replaced);
  return replaced;
}

function makeView(
  user: User,
  content: Json,
  { id, rootId = id, previousId = null }: Pick<View, 'id'> & Partial<View>,
): View {
  return {
    id,
    hash: makeId('hash-'),
    userId: user.id,
    type: content['type'] as View['type'],
    content,
    rootId,
    previousId,
  };
}

const shown = ({ world, workspace }: ApiCall, view: View): Json => ({
  view: viewJson(world, workspace, view),
});
