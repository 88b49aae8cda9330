package dev.trivium.auth.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address in the one form under which it is stored and compared: without surrounding
/// space, in lower case, in Unicode's composed form. Make one with [#parse].
public record EmailAddress(String value) {
    private static final int LONGEST = 254;
    private static final Pattern FORM =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");

    /// Empty when the text cannot be an address. Whether mail arrives there is another question.
    public static Optional<EmailAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String normal =
                Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return FORM.matcher(normal).matches()
                ? Optional.of(new EmailAddress(normal))
                : Optional.empty();
    }

    /// Shows nothing, so that no log does.
    @Override
    public String toString() {
        return "EmailAddress[…]";
    }
}
