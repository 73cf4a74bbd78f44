package io.faraddb.node.security;

import io.faraddb.node.engine.NodeEngine;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** The users of the database are the users of the console and of REST. */
@Component
public final class DatabaseAuthentication implements AuthenticationProvider {

    private final NodeEngine node;

    public DatabaseAuthentication(NodeEngine node) {
        this.node = node;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String user = asked.getName();
        Object password = asked.getCredentials();
        if (password == null
                || !node.isRunning()
                || !node.accounts().authenticate(user, password.toString())) {
            throw new BadCredentialsException("wrong user or password");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                user, null, List.of(new SimpleGrantedAuthority("ROLE_USER")));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
