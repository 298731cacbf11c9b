// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A database of two users and three groups that remembers what it was asked, and may be
 * down.
 */
class FakeUserDatabase implements UserDatabase {

	private static final Map<Long, User> USERS = Map.of(0L, new User("root", 0, 0), 1001L,
			new User("media", 1001, 2001));

	private static final Map<String, Long> GROUPS = Map.of("media", 2001L, "audio", 29L, "video", 44L);

	final List<String> questions = new ArrayList<>();

	boolean down;

	@Override
	public @Nullable User user(String name) throws SystemCallFailure {
		ask("user " + name);
		return USERS.values().stream().filter((user) -> user.name().equals(name)).findFirst().orElse(null);
	}

	@Override
	public @Nullable User user(long id) throws SystemCallFailure {
		ask("user " + id);
		return USERS.get(id);
	}

	@Override
	public @Nullable Long group(String name) throws SystemCallFailure {
		ask("group " + name);
		return GROUPS.get(name);
	}

	@Override
	public List<Long> groups(String user, long group) throws SystemCallFailure {
		ask("groups of " + user);
		return user.equals("media") ? List.of(group, 29L, 44L) : List.of(group);
	}

	private void ask(String question) throws SystemCallFailure {
		this.questions.add(question);
		if (this.down) {
			throw new SystemCallFailure("getpwnam_r", 5, "EIO", "Input/output error");
		}
	}

}
