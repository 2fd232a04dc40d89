import { ConfigError, type Environment, loadConfig } from './index.js';

const problemsOf = (env: Environment): string => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
  return '';
};

describe('findCombinationProblems', () => {
  it.each(['sk-9f73s3ljTXVcMT3Blb3ljTqtsKiGHXVcMT3BlbkFJLK7U', 'changeme', 'sh0rt-0ne'])(
    'should refuse the secret %s on a public address and not print it',
    (secret) => {
      const problems = problemsOf({ HOST: '0.0.0.0', SECRET_KEY: secret });

      expect(problems).toContain('SECRET_KEY');
      expect(problems).not.toContain(secret);
    },
  );

  it.each(['127.0.0.1', 'localhost', '::1', '127.9.9.9'])('should take a published secret on %s', (host) => {
    expect(problemsOf({ HOST: host, SECRET_KEY: 'changeme' })).toBe('');
  });

  it('should take a secret of its own on a public address', () => {
    expect(problemsOf({ HOST: '0.0.0.0', SECRET_KEY: 'yS1vH8Zp3mQ0aXr7Lk2u' })).toBe('');
  });

  it('should ask for one SECRET_KEY when several processes run', () => {
    const several = { ROLE: 'api', DATABASE_URL: 'postgres://h/d', REDIS_URL: 'redis://h' };

    expect(problemsOf(several)).toContain('SECRET_KEY');
    expect(problemsOf({ ...several, SECRET_KEY: 'yS1vH8Zp3mQ0aXr7Lk2u' })).toBe('');
  });

  it('should ask for the bucket of STORAGE_TYPE=s3 and for both halves of its key', () => {
    const problems = problemsOf({ STORAGE_TYPE: 's3', S3_ACCESS_KEY: 'a' });

    expect(problems).toContain('S3_BUCKET_NAME');
    expect(problems).toContain('S3_SECRET_KEY');
  });

  it('should refuse an admin key that is switched on and missing', () => {
    expect(problemsOf({ ADMIN_API_KEY_ENABLE: 'true' })).toContain('ADMIN_API_KEY');
  });

  describe('MAIL_TYPE=smtp', () => {
    const smtp = { MAIL_TYPE: 'smtp', SMTP_SERVER: 'mail.example.com' };

    it('should be content with a server alone, and with STARTTLS and a sign-in', () => {
      expect(problemsOf(smtp)).toBe('');
      expect(problemsOf({ ...smtp, SMTP_USE_TLS: 'true', SMTP_OPPORTUNISTIC_TLS: 'true', SMTP_USERNAME: 'u', SMTP_PASSWORD: 'p' })).toBe(
        '',
      );
    });

    it.each([
      [{ SMTP_SERVER: '' }, 'SMTP_SERVER'],
      [{ SMTP_OPPORTUNISTIC_TLS: 'true' }, 'SMTP_USE_TLS'],
      [{ SMTP_USERNAME: 'u' }, 'SMTP_PASSWORD'],
      [{ SMTP_PASSWORD: 'p' }, 'SMTP_USERNAME'],
      [{ MAIL_DEFAULT_SEND_FROM: 'Baya' }, 'MAIL_DEFAULT_SEND_FROM'],
    ])('should refuse %j', (change, name) => {
      expect(problemsOf({ ...smtp, ...change })).toContain(name);
    });

    it('should leave what is not used alone: a Dify .env may hold halves of it', () => {
      expect(problemsOf({ MAIL_TYPE: 'resend', SMTP_OPPORTUNISTIC_TLS: 'true', SMTP_USERNAME: 'u' })).toBe('');
    });
  });
});
