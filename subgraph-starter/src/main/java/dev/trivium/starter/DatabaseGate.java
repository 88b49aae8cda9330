package dev.trivium.starter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers 503 until the database is set up: before that, a unique index may be missing that a
/// command counts on.
final class DatabaseGate extends OncePerRequestFilter {
    private final DatabaseReadiness database;

    DatabaseGate(DatabaseReadiness database) {
        this.database = database;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (database.isReady()) {
            chain.doFilter(request, response);
        } else {
            HttpErrors.write(
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    ErrorCode.INTERNAL_SERVER_ERROR,
                    "The database is out of reach.");
        }
    }
}
