package io.faraddb.node.security;

import io.faraddb.node.config.FaradProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Two ways in. Programs (REST, actuator): HTTP Basic, or the console's session. People (everything
 * else): a form that begins a session. Nothing is anonymous but health, the form and what it needs
 * to be drawn.
 */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    /** Nothing of other hosts, nothing inline, in no other page's frame. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private static final String[] HEALTH = {
        "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
    };

    private static final String[] FORM = {LoginEntryPoint.FORM, "/console/**", "/webjars/**"};

    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, CookieCsrfTokenRepository tokens) {
        ProblemAnswers problems = new ProblemAnswers();
        return http.securityMatcher("/api/**", "/actuator/**")
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(HEALTH).permitAll().anyRequest().authenticated())
                .httpBasic(basic ->
                        basic.authenticationEntryPoint(problems)
                                .authenticationDetailsSource(request -> LoginCounts.Way.BASIC))
                .exceptionHandling(
                        on -> on.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .csrf(csrf ->
                        csrf.csrfTokenRepository(tokens)
                                .requireCsrfProtectionMatcher(SecurityConfiguration::mayBeForged))
                // A session that the form began is good here; none is begun.
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(cache -> cache.disable())
                .headers(SecurityConfiguration::headers)
                .build();
    }

    /**
     * Whether another site could have made a browser send it. A browser tells the origin of such a
     * request; a program that sends a password does not.
     */
    private static boolean mayBeForged(HttpServletRequest request) {
        boolean program =
                request.getHeader(HttpHeaders.AUTHORIZATION) != null
                        && request.getHeader(HttpHeaders.ORIGIN) == null
                        && request.getHeader("Sec-Fetch-Site") == null;
        return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request) && !program;
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, CookieCsrfTokenRepository tokens) {
        return http.authorizeHttpRequests(requests ->
                        requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(FORM)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form ->
                        form.loginPage(LoginEntryPoint.FORM)
                                .authenticationDetailsSource(request -> LoginCounts.Way.FORM)
                                .failureUrl(LoginEntryPoint.FORM + "?failed"))
                .logout(logout -> logout.logoutSuccessUrl(LoginEntryPoint.FORM + "?out"))
                .exceptionHandling(on -> on.authenticationEntryPoint(new LoginEntryPoint()))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens))
                .requestCache(cache -> cache.requestCache(new AskedPage()))
                .headers(SecurityConfiguration::headers)
                .build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    /** In a cookie: nobody who has not logged in costs memory. */
    @Bean
    CookieCsrfTokenRepository csrfTokens(FaradProperties properties) {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        // Browsers tell nodes of one machine apart by the name only.
        tokens.setCookieName("FARAD_CSRF_" + properties.node().name());
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return tokens;
    }
}
