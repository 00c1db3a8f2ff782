/** Everything that is MCP and nothing that is I/O; session manager and configuration. */
@NullMarked
package dev.mooring;

import org.jspecify.annotations.NullMarked;
