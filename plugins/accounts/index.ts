import { definePlugin, defineRoutes } from 'kontor/sdk';
import { confirmEmailChange, requestEmailChange } from './routes/email.ts';
import { startImpersonation, stopImpersonation } from './routes/impersonation.ts';
import { acceptInvitation } from './routes/invitations.ts';
import { me, updateProfile } from './routes/me.ts';
import { changePassword, finishReset, requestReset } from './routes/password.ts';
import { endOtherSessions, endSession, listSessions } from './routes/sessions.ts';
import { signIn, signOut } from './routes/sign-in.ts';

export default definePlugin({
  routes: defineRoutes([
    signIn,
    signOut,
    me,
    updateProfile,
    listSessions,
    endSession,
    endOtherSessions,
    changePassword,
    requestReset,
    finishReset,
    requestEmailChange,
    confirmEmailChange,
    acceptInvitation,
    startImpersonation,
    stopImpersonation,
  ]),
});
