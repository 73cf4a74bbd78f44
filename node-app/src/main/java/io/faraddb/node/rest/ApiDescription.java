package io.faraddb.node.rest;

import io.faraddb.node.view.ClusterView;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What /api/v1/openapi.json says beside what the controllers say themselves: who may come, and that
 * every error is a problem.
 */
@Configuration(proxyBeanMethods = false)
public class ApiDescription {

    private static final String PROBLEM = "Problem";
    private static final String BASIC = "basic";
    private static final String SESSION = "session";

    @Bean
    OpenAPI openApi(@Value("${server.servlet.session.cookie.name}") String sessionCookie) {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("FaradDB")
                                .description("What a node tells and does over HTTP.")
                                .version(ClusterView.version())
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(
                        new Components()
                                .addSecuritySchemes(BASIC, basic())
                                .addSecuritySchemes(SESSION, session(sessionCookie)))
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .addSecurityItem(new SecurityRequirement().addList(SESSION));
    }

    private static SecurityScheme basic() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("basic")
                .description("A user of the database.");
    }

    private static SecurityScheme session(String cookie) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.COOKIE)
                .name(cookie)
                .description(
                        "Begun by the console's form. What changes something needs the token of a"
                                + " page (its field _csrf) as header X-XSRF-TOKEN too.");
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457, with what SQL says of the error")
                .addProperty("title", text("a few words for the status"))
                .addProperty("status", new IntegerSchema().description("of HTTP"))
                .addProperty("detail", text("what is wrong"))
                .addProperty("instance", text("path of the request"))
                .addProperty("sqlState", text("code of the error, five characters"))
                .addProperty("details", text("more about it, if there is more"))
                .addProperty("hint", text("what to do, if that is known"))
                .addProperty(
                        "position",
                        new IntegerSchema()
                                .description("of the place in the SQL, in characters from 1"))
                .addRequiredItem("title")
                .addRequiredItem("status")
                .addRequiredItem("sqlState");
    }

    private static Schema<?> text(String description) {
        return new StringSchema().description(description);
    }

    /** Every operation may answer with a problem. */
    @Bean
    OpenApiCustomizer problems() {
        Schema<?> reference = new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + PROBLEM);
        Content content =
                new Content()
                        .addMediaType(
                                "application/problem+json", new MediaType().schema(reference));
        ApiResponse problem = new ApiResponse().description("What is wrong").content(content);
        return api -> {
            api.getComponents().addSchemas(PROBLEM, problem());
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .map(Operation::getResponses)
                    .forEach(responses -> responses.addApiResponse(ApiResponses.DEFAULT, problem));
        };
    }

    /** Records within others are told apart by the outer name: TableColumn, SqlAnswerColumn. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new NestedNames()).openapi31(true);
    }

    private static final class NestedNames extends TypeNameResolver {

        @Override
        protected String getNameOfClass(Class<?> type) {
            Class<?> outer = type.getEnclosingClass();
            String prefix = outer == null ? "" : outer.getSimpleName().replace("Controller", "");
            String name = type.getSimpleName();
            return name.startsWith(prefix) ? name : prefix + name;
        }
    }
}
