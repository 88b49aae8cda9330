package dev.trivium.auth.adapter;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.InputArgument;
import dev.trivium.auth.domain.Accounts;
import dev.trivium.auth.domain.LogInResult;
import dev.trivium.auth.domain.RefreshResult;
import dev.trivium.auth.domain.Session;
import dev.trivium.auth.domain.Sessions;
import dev.trivium.auth.domain.SignUpResult;
import dev.trivium.auth.domain.User;
import dev.trivium.starter.Caller;
import dev.trivium.starter.ProblemException;
import graphql.execution.DataFetcherResult;

/// Signs up, logs in and out, renews sessions.
@DgsComponent
final class SessionFetcher {
    private final Accounts accounts;
    private final Sessions sessions;

    SessionFetcher(Accounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    record LogInInput(String email, String password) {
        @Override
        public String toString() {
            return "LogInInput[…]";
        }
    }

    record LoginPayload(User user, Session session) {}

    record SessionPayload(Session session) {}

    record LogOutPayload(boolean loggedOut) {}

    @DgsMutation
    DataFetcherResult<LoginPayload> signUp(@InputArgument Accounts.SignUp input) {
        return switch (accounts.signUp(input)) {
            case SignUpResult.SignedUp(var user, var session) -> loggedIn(user, session);
            case SignUpResult.Invalid(var field, var rule) ->
                    throw ProblemException.badUserInput(field, rule);
            case SignUpResult.EmailTaken _ ->
                    throw ProblemException.conflict("email", "This e-mail address is taken.");
            case SignUpResult.KeyTaken _ ->
                    throw ProblemException.conflict(
                            "idempotencyKey", "This key was used with other input.");
        };
    }

    @DgsMutation
    DataFetcherResult<LoginPayload> logIn(@InputArgument LogInInput input) {
        return switch (accounts.logIn(input.email(), input.password())) {
            case LogInResult.LoggedIn(var user, var session) -> loggedIn(user, session);
            case LogInResult.WrongCredentials _ ->
                    throw ProblemException.unauthenticated(
                            "The e-mail address and the password do not belong together.");
        };
    }

    @DgsMutation
    SessionPayload refreshSession(@InputArgument String refreshToken) {
        return switch (sessions.refresh(refreshToken)) {
            case RefreshResult.Refreshed(var session) -> new SessionPayload(session);
            case RefreshResult.Refused _ ->
                    throw ProblemException.unauthenticated("This session has ended: log in again.");
        };
    }

    @DgsMutation
    LogOutPayload logOut(@InputArgument String refreshToken) {
        sessions.end(refreshToken);
        return new LogOutPayload(true);
    }

    /// The rest of the answer is read as the user who has just logged in.
    private static DataFetcherResult<LoginPayload> loggedIn(User user, Session session) {
        return DataFetcherResult.<LoginPayload>newResult()
                .data(new LoginPayload(user, session))
                .localContext(new Caller(user.id()))
                .build();
    }
}
