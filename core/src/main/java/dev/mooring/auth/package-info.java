/** Who is on the other end. */
@NullMarked
package dev.mooring.auth;

import org.jspecify.annotations.NullMarked;
