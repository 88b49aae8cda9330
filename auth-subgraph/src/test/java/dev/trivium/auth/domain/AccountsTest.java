package dev.trivium.auth.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trivium.auth.domain.Accounts.SignUp;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {
    private static final String PASSWORD = "correct horse battery";

    private final Fakes.Time time = new Fakes.Time();
    private final Fakes.Users users = new Fakes.Users();
    private final Fakes.Hasher hasher = new Fakes.Hasher();
    private final Accounts accounts =
            new Accounts(
                    users,
                    hasher,
                    new Sessions(new Fakes.Families(), new Fakes.Tokens(), time.clock()),
                    time.clock());

    @Test
    void aSignUpCreatesTheUserAndTellsTheOthers() {
        var result = signedUp(new SignUp(" Ann@Example.COM ", PASSWORD, " Ann ", null));
        assertThat(result.user().email().value()).isEqualTo("ann@example.com");
        assertThat(result.user().displayName()).isEqualTo("Ann");
        assertThat(result.user().createdAt()).isEqualTo(time.now);
        assertThat(result.session().accessToken()).contains(result.user().id());
        assertThat(users.events).containsExactly(new UserCreated(result.user().id(), "Ann"));
        assertThat(accounts.find(Set.of(result.user().id(), "nobody")))
                .containsExactly(result.user());
    }

    @ParameterizedTest
    @CsvSource({
        "email, ann, correct horse battery, Ann, ",
        "email, ann@localhost, correct horse battery, Ann, ",
        "email, a nn@example.com, correct horse battery, Ann, ",
        "email, ann@@example.com, correct horse battery, Ann, ",
        "email, ann@example..com, correct horse battery, Ann, ",
        "password, ann@example.com, 14 characters., Ann, ",
        "displayName, ann@example.com, correct horse battery, '  ', ",
        "displayName, ann@example.com, correct horse battery, 'A\u0007nn', ",
        "idempotencyKey, ann@example.com, correct horse battery, Ann, ' '",
    })
    void namesTheFieldThatBreaksARule(
            String field, String email, String password, String name, @Nullable String key) {
        assertInvalid(field, new SignUp(email, password, name, key));
    }

    @Test
    void boundsTheLengthOfEveryField() {
        String email = "ann@example.com";
        assertInvalid("email", new SignUp("a@" + "b".repeat(250) + ".com", PASSWORD, "Ann", null));
        assertInvalid("password", new SignUp(email, "p".repeat(129), "Ann", null));
        assertInvalid("displayName", new SignUp(email, PASSWORD, "n".repeat(81), null));
        assertInvalid("idempotencyKey", new SignUp(email, PASSWORD, "Ann", "k".repeat(101)));
        signedUp(new SignUp(email, "🐎".repeat(128), "🐎".repeat(80), "k".repeat(100)));
    }

    @Test
    void anAddressIsTakenInWhateverCase() {
        signedUp(new SignUp("ann@example.com", PASSWORD, "Ann", null));
        assertThat(accounts.signUp(new SignUp("ANN@example.com", PASSWORD, "Eve", null)))
                .isEqualTo(new SignUpResult.EmailTaken());
        assertThat(users.events).hasSize(1);
    }

    @Test
    void aRepetitionWithTheSameKeyHasOneEffect() {
        var wish = new SignUp("ann@example.com", PASSWORD, "Ann", "key");
        var first = signedUp(wish);
        var second = signedUp(wish);
        assertThat(second.user()).isEqualTo(first.user());
        assertThat(second.session().refreshToken()).isNotEqualTo(first.session().refreshToken());
        assertThat(users.events).hasSize(1);
    }

    @Test
    void twoAttemptsAtOnceWithTheSameKeyHaveOneEffect() {
        var wish = new SignUp("ann@example.com", PASSWORD, "Ann", "key");
        users.meanwhile = () -> signedUp(wish);
        signedUp(wish);
        assertThat(users.events).hasSize(1);
    }

    @Test
    void aKeyServesOneInputOnly() {
        signedUp(new SignUp("ann@example.com", PASSWORD, "Ann", "key"));
        for (SignUp other :
                new SignUp[] {
                    new SignUp("bob@example.com", PASSWORD, "Ann", "key"),
                    new SignUp("ann@example.com", PASSWORD, "Bob", "key"),
                    new SignUp("ann@example.com", "another password", "Ann", "key"),
                }) {
            assertThat(accounts.signUp(other)).isEqualTo(new SignUpResult.KeyTaken());
        }
    }

    @Test
    void thePasswordOpensASession() {
        var user = signedUp(new SignUp("ann@example.com", PASSWORD, "Ann", null)).user();
        assertThat(accounts.logIn("Ann@example.com", PASSWORD))
                .isInstanceOfSatisfying(
                        LogInResult.LoggedIn.class, in -> assertThat(in.user()).isEqualTo(user));
    }

    @Test
    void theSamePasswordInAnotherUnicodeFormIsTheSamePassword() {
        signedUp(
                new SignUp("ann@example.com", "caf\u00e9 cafe\u0301 caf\u00e9 latte", "Ann", null));
        assertThat(accounts.logIn("ann@example.com", "cafe\u0301 caf\u00e9 cafe\u0301 latte"))
                .isInstanceOf(LogInResult.LoggedIn.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressCannotBeToldApart() {
        signedUp(new SignUp("ann@example.com", PASSWORD, "Ann", null));
        hasher.work = 0;
        assertThat(accounts.logIn("ann@example.com", "wrong password"))
                .isEqualTo(new LogInResult.WrongCredentials());
        int workOfAWrongPassword = hasher.work;
        for (String unknown : new String[] {"bob@example.com", "no address at all"}) {
            hasher.work = 0;
            assertThat(accounts.logIn(unknown, "wrong password"))
                    .isEqualTo(new LogInResult.WrongCredentials());
            assertThat(hasher.work).isEqualTo(workOfAWrongPassword);
        }
    }

    @Test
    void noTimeIsSpentOnAPasswordThatNobodyCanHave() {
        signedUp(new SignUp("ann@example.com", PASSWORD, "Ann", null));
        hasher.work = 0;
        assertThat(accounts.logIn("ann@example.com", "p".repeat(1_000_000)))
                .isEqualTo(new LogInResult.WrongCredentials());
        assertThat(hasher.work).isZero();
    }

    @Test
    void aLoginRenewsAHashThatWasMadeWithLessEffort() {
        var user = signedUp(new SignUp("ann@example.com", PASSWORD, "Ann", null)).user();
        hasher.effort = 2;
        accounts.logIn("ann@example.com", "wrong password");
        assertThat(storedHash(user)).startsWith("1:");
        accounts.logIn("ann@example.com", PASSWORD);
        assertThat(storedHash(user)).isEqualTo("2:" + PASSWORD);
    }

    @Test
    void nothingThatIsSecretAppearsInLogs() {
        var wish = new SignUp("ann@example.com", PASSWORD, "Ann", "key");
        var result = signedUp(wish);
        String shown = wish + " " + result + " " + Password.parse(PASSWORD) + result.user().email();
        assertThat(shown)
                .doesNotContain(PASSWORD)
                .doesNotContain("ann@example.com")
                .doesNotContain(result.session().accessToken())
                .doesNotContain(result.session().refreshToken());
    }

    private String storedHash(User user) {
        return accounts.find(Set.of(user.id())).getFirst().passwordHash();
    }

    private SignUpResult.SignedUp signedUp(SignUp wish) {
        return switch (accounts.signUp(wish)) {
            case SignUpResult.SignedUp done -> done;
            case SignUpResult other -> throw new AssertionError("not signed up: " + other);
        };
    }

    private void assertInvalid(String field, SignUp wish) {
        assertThat(accounts.signUp(wish))
                .isInstanceOfSatisfying(
                        SignUpResult.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
        assertThat(users.users).isEmpty();
    }
}
