import { isJsonObject } from '#common';

/** How a workspace changed the look of its web apps; stored as `tenants.custom_config`. */
export interface WorkspaceLook {
  /** Whether the product's name is hidden. */
  removeBrand: boolean;
  /** Id of the uploaded logo that replaces the product's; null for none. */
  logoFileId: string | null;
}

/** Reads the stored JSON; broken or missing JSON gives the defaults. */
export function parseLook(stored: string | null): WorkspaceLook {
  const config = parse(stored);
  const logo = config.replace_webapp_logo;
  return { removeBrand: config.remove_webapp_brand === true, logoFileId: typeof logo === 'string' && logo !== '' ? logo : null };
}

/** The JSON that is stored, with the names that Dify's rows have. */
export function formatLook({ removeBrand, logoFileId }: WorkspaceLook): string {
  return JSON.stringify({ remove_webapp_brand: removeBrand, replace_webapp_logo: logoFileId });
}

function parse(stored: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
