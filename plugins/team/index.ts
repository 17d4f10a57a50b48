import { definePlugin, defineRoutes } from 'kontor/sdk';
import { createKey, listKeys, revokeKey } from './routes/api-keys.ts';
import { invite, listInvitations, withdrawInvitation } from './routes/invitations.ts';
import { changeRole, leave, listMembers, myPlace, removeMember } from './routes/members.ts';
import { listRoles, removeRole, saveRole } from './routes/roles.ts';

export default definePlugin({
  routes: defineRoutes([
    myPlace,
    leave,
    listMembers,
    changeRole,
    removeMember,
    listRoles,
    saveRole,
    removeRole,
    listInvitations,
    invite,
    withdrawInvitation,
    listKeys,
    createKey,
    revokeKey,
  ]),
});
