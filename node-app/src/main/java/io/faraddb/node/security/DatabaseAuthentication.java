package io.faraddb.node.security;

import io.faraddb.node.engine.NodeEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** The users of the database are the users of the console and of REST. */
@Component
public final class DatabaseAuthentication implements AuthenticationProvider {

    /** Passwords that are checked at a time: each takes milliseconds of a core. */
    private static final int CHECKS_MAX = 4;

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private final NodeEngine node;
    private final LoginCounts counts;
    private final Semaphore places = new Semaphore(CHECKS_MAX);

    DatabaseAuthentication(NodeEngine node, LoginCounts counts) {
        this.node = node;
        this.counts = counts;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String user = asked.getName();
        Object password = asked.getCredentials();
        boolean right = password != null && isRight(user, password.toString());
        LoginCounts.Way way =
                asked.getDetails() instanceof LoginCounts.Way told ? told : LoginCounts.Way.FORM;
        counts.checked(way, right);
        if (!right) {
            throw new BadCredentialsException("wrong user or password");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                user, null, List.of(new SimpleGrantedAuthority("ROLE_USER")));
    }

    private boolean isRight(String user, String password) {
        try {
            if (!places.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AuthenticationServiceException("too many log-ins at a time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return node.isRunning() && node.accounts().authenticate(user, password);
        } finally {
            places.release();
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
