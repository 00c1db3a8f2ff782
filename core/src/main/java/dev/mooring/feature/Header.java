package dev.mooring.feature;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks clients to send a component of an argument record as a header field too, where requests have such fields, so that
 * what stands between client and server can route by it: {@code @Header("Region")} becomes {@code Mcp-Param-Region}. For
 * strings, enums, whole numbers and booleans, also in nested records that occur once. Not for secrets: everybody on the way
 * reads it.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#custom-headers-from-tool-parameters">
 *     Custom Headers from Tool Parameters</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Header {
    /** The part of the field's name behind {@code Mcp-Param-}; no two of a tool differ in case alone. */
    String value();
}
