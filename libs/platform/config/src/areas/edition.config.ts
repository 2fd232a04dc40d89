import { Env } from '../env.js';
import { flag, integer, oneOf } from '../schemas.js';

/** What the console is told about this installation (contract console-accounts 3.2, 3.3). */
export class EditionConfig {
  /** Kind of installation; the issuer of console tokens. */
  @Env('EDITION', oneOf('SELF_HOSTED')) edition = 'SELF_HOSTED';
  /** Whether the console shows the plugin marketplace; it then calls an outside service. */
  @Env('MARKETPLACE_ENABLED', flag()) marketplaceEnabled = false;
  /** Largest plugin package that the console offers to upload. Unit: bytes. */
  @Env('PLUGIN_MAX_PACKAGE_SIZE', integer(1, 1_073_741_824)) maxPluginPackageSize = 15_728_640;
  /** Whether the sign-in page offers a code by mail. */
  @Env('ENABLE_EMAIL_CODE_LOGIN', flag()) emailCodeLogin = false;
  /** Whether signing in with a password is possible. */
  @Env('ENABLE_EMAIL_PASSWORD_LOGIN', flag()) emailPasswordLogin = true;
  /** Whether the sign-in page offers GitHub and Google. */
  @Env('ENABLE_SOCIAL_OAUTH_LOGIN', flag()) socialOauthLogin = false;
  /** Whether anybody may register. */
  @Env('ALLOW_REGISTER', flag()) allowRegister = false;
  /** Whether a new account gets a workspace of its own. */
  @Env('ALLOW_CREATE_WORKSPACE', flag()) allowCreateWorkspace = false;
  /** Whether accounts may change their mail address. */
  @Env('ENABLE_CHANGE_EMAIL', flag()) changeEmail = true;
  /** Whether the console shows trial apps. */
  @Env('ENABLE_TRIAL_APP', flag()) trialApp = false;
  /** Whether the console shows the banner of the explore page. */
  @Env('ENABLE_EXPLORE_BANNER', flag()) exploreBanner = false;
  /** Whether workspaces may replace the logo of their web apps. */
  @Env('CAN_REPLACE_LOGO', flag()) canReplaceLogo = false;
  /** Whether the console offers load balancing among credentials of a model. */
  @Env('MODEL_LB_ENABLED', flag()) modelLoadBalancing = false;
  /** Whether the console offers the role `dataset_operator`. */
  @Env('DATASET_OPERATOR_ENABLED', flag()) datasetOperator = false;
  /** Whether the console shows the education programme. */
  @Env('EDUCATION_ENABLED', flag()) education = false;
}
