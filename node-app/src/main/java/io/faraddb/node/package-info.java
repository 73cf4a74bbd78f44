/** The node as a Spring Boot application. */
@NullMarked
package io.faraddb.node;

import org.jspecify.annotations.NullMarked;
