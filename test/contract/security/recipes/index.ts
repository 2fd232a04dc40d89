import type { Recipe } from '../support/actor.js';
import type { WorkspaceObjects } from '../support/workspace-objects.js';
import { accountRecipes } from './account.recipes.js';
import { appsRecipes } from './apps.recipes.js';
import { knowledgeRecipes } from './knowledge.recipes.js';
import { modelsRecipes } from './models.recipes.js';
import { publicRecipes } from './public.recipes.js';
import { serviceRecipes } from './service.recipes.js';

/** Where the one who adds a route adds its recipe. */
export const RECIPES_FOLDER = 'test/contract/security/recipes';

/** Recipes by route, `METHOD /path`. A route without parameters that only reads needs none. */
export const recipesOf = (objects: WorkspaceObjects): Readonly<Record<string, Recipe>> => ({
  ...accountRecipes,
  ...appsRecipes(objects),
  ...knowledgeRecipes(objects),
  ...modelsRecipes(objects),
  ...publicRecipes,
  ...serviceRecipes(objects),
});
