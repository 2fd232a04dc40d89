/** A certificate for 127.0.0.1 that nobody vouches for; made with `openssl req -x509`, valid for a hundred years, used by specs only. */
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUUpLhKxcZGs+UYFWq9eQnSNzjXcQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyOTAyMDY0NVoYDzIxMjYxMTA1
MDIwNjQ1WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATS1Ve91vmrcotD/J/j1ayrAdfXAUsx+1p9xW3E1cEvobswebVoQLI/
gmzso+syMBwC7g72nWkhCtjaftyjWUFuo1MwUTAdBgNVHQ4EFgQUFuckY8z/3f2j
XvxbLNRkBxvHd7cwHwYDVR0jBBgwFoAUFuckY8z/3f2jXvxbLNRkBxvHd7cwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAGSrHpySi8xDXb0XWXJTHC
DxT+dd6N1l+yqxT7asWV/AIhAPHv/+XfIjjNx5Fzm/79s5P9YZpSkWqS/Tefd0ZQ
0LpI
-----END CERTIFICATE-----
`;

/** Its key: it guards nothing. */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgF6UIt2DKfk4rnSXj
aG+pGkcqxdN04oSoeIoiZhNPaU2hRANCAATS1Ve91vmrcotD/J/j1ayrAdfXAUsx
+1p9xW3E1cEvobswebVoQLI/gmzso+syMBwC7g72nWkhCtjaftyjWUFu
-----END PRIVATE KEY-----
`;
