import { snakeCase } from './snake-naming.strategy.js';

describe('snakeCase', () => {
  it.each([
    ['maxActiveRequests', 'max_active_requests'],
    ['enableSite', 'enable_site'],
    ['inputURLs', 'input_ur_ls'],
    ['htmlURLPath', 'html_url_path'],
    ['already_snake', 'already_snake'],
    ['step2Done', 'step2_done'],
  ])('should make %s to %s', (name, column) => {
    expect(snakeCase(name)).toBe(column);
  });
});
