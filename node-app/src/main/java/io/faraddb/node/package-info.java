/**
 * The node as a Spring Boot application. {@link io.faraddb.node.FaradApplication} starts it; config
 * &lt;- engine &lt;- pgwire, rest, actuator, security.
 */
@NullMarked
package io.faraddb.node;

import org.jspecify.annotations.NullMarked;
