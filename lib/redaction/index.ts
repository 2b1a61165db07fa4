export { withoutControls } from './control-characters';
export { type Edit, edited, editedParts, type Range } from './edits';
export { isNamedSecret, quotedSecretsIn } from './quoted-secrets';
export { redacted, redaction, redactionsOf, sanitized, sanitizingEdits, shortened } from './redact';
export { isPlainSecret, mayNameSecret, passwordsByUser, secretAt, secretName } from './secret-names';
export type { SecretText } from './secret-text';
export { secretsIn } from './secrets';
