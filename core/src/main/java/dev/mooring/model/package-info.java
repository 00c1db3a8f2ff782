/** The records and closed choices of the MCP specification; data without behaviour. */
@NullMarked
package dev.mooring.model;

import org.jspecify.annotations.NullMarked;
