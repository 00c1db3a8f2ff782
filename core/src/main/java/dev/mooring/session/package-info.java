/** Sessions of legacy clients: created, found by their id, bound to their owner, expired, closed with a reason. */
@NullMarked
package dev.mooring.session;

import org.jspecify.annotations.NullMarked;
