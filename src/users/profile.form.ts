/** The longest e-mail address (RFC 5321, section 4.5.3.1.3, without the angle brackets), in characters. */
export const EMAIL_MAX_LENGTH = 254;
