package dev.trivium.auth.domain;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates accounts and lets people in.
public final class Accounts {
    static final int LONGEST_NAME = 80;
    static final int LONGEST_KEY = 100;

    private final UserStore users;
    private final PasswordHasher passwords;
    private final Sessions sessions;
    private final Clock clock;

    public Accounts(UserStore users, PasswordHasher passwords, Sessions sessions, Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// A wish to create an account, as the client stated it.
    public record SignUp(
            String email, String password, String displayName, @Nullable String idempotencyKey) {

        /// Shows nothing, so that no log does.
        @Override
        public String toString() {
            return "SignUp[…]";
        }
    }

    /// Creates an account and opens its first session. With an idempotency key, a repetition finds
    /// the account that the first attempt created and opens another session of it; the password
    /// must match, so a key alone opens nothing.
    public SignUpResult signUp(SignUp wish) {
        EmailAddress email = EmailAddress.parse(wish.email()).orElse(null);
        Password password = Password.parse(wish.password()).orElse(null);
        String name = wish.displayName().strip();
        String key = wish.idempotencyKey();
        if (email == null) {
            return new SignUpResult.Invalid("email", "This is not an e-mail address.");
        }
        if (password == null) {
            return new SignUpResult.Invalid("password", "A password has 15 to 128 characters.");
        }
        if (!isName(name)) {
            return new SignUpResult.Invalid("displayName", "A name has 1 to 80 characters.");
        }
        if (key != null && (key.isBlank() || length(key) > LONGEST_KEY)) {
            return new SignUpResult.Invalid("idempotencyKey", "A key has 1 to 100 characters.");
        }
        return repeated(key, email, password, name)
                .orElseGet(() -> create(email, password, name, key));
    }

    private SignUpResult create(
            EmailAddress email, Password password, String name, @Nullable String key) {
        var user =
                new User(
                        UUID.randomUUID().toString(),
                        email,
                        name,
                        passwords.hash(password),
                        key,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (users.add(user, new UserCreated(user.id(), name))) {
            return new SignUpResult.SignedUp(user, sessions.open(user.id()));
        }
        return repeated(key, email, password, name).orElseGet(SignUpResult.EmailTaken::new);
    }

    private Optional<SignUpResult> repeated(
            @Nullable String key, EmailAddress email, Password password, String name) {
        if (key == null) {
            return Optional.empty();
        }
        return users.bySignUpKey(key)
                .map(user ->
                        user.email().equals(email)
                                        && user.displayName().equals(name)
                                        && passwords.matches(password, user.passwordHash())
                                ? new SignUpResult.SignedUp(user, sessions.open(user.id()))
                                : new SignUpResult.KeyTaken());
    }

    /// Opens a session for whoever knows the password. An unknown address takes as long as a wrong
    /// password.
    public LogInResult logIn(String emailText, String passwordText) {
        Password password = Password.typed(passwordText).orElse(null);
        if (password == null) {
            return new LogInResult.WrongCredentials();
        }
        User user = EmailAddress.parse(emailText).flatMap(users::byEmail).orElse(null);
        if (user == null) {
            String _ = passwords.hash(password);
            return new LogInResult.WrongCredentials();
        }
        if (!passwords.matches(password, user.passwordHash())) {
            return new LogInResult.WrongCredentials();
        }
        if (passwords.isOutdated(user.passwordHash())) {
            users.replacePasswordHash(user.id(), user.passwordHash(), passwords.hash(password));
        }
        return new LogInResult.LoggedIn(user, sessions.open(user.id()));
    }

    /// The users with these ids, in any order, without those that do not exist.
    public List<User> find(Set<String> ids) {
        return users.byIds(ids);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && length(name) <= LONGEST_NAME
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
