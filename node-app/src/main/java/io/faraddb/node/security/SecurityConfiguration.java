package io.faraddb.node.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** REST and actuator: HTTP Basic, no session, nothing anonymous but health. */
@Configuration(proxyBeanMethods = false)
public final class SecurityConfiguration {

    private static final String[] ANONYMOUS = {
        "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
    };

    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http) {
        return http.securityMatcher("/api/**", "/actuator/**")
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(ANONYMOUS)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .httpBasic(Customizer.withDefaults())
                // Browsers send no Basic password of their own accord, so none can be made to.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
