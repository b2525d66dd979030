#include "seqload/app/config_place.hpp"

#include "support/temporary_directory.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload::app {

namespace {

std::string place_refusal(const std::string& path) {
    const auto found = find_config(path, {});
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().kind == ErrorKind::usage);
    return to_string(found.error());
}

}  // namespace

TEST_CASE("a file that is named must be there; an empty name and /dev/null mean none") {
    const test::TemporaryDirectory folder;
    const auto path = folder.write("c.toml", "yes = true\n");
    const auto found = find_config(path, {});
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    CHECK((*found)->name == path);
    CHECK((*found)->text == "yes = true\n");

    CHECK(place_refusal(path + "x").find("No such file") != std::string::npos);
    CHECK(place_refusal(path + "/y").find("Not a directory") != std::string::npos);
    CHECK(place_refusal(folder.path().string()).find("Is a directory") != std::string::npos);

    const auto none = find_config("", {{"HOME", folder.path().string()}});
    REQUIRE(none.has_value());
    CHECK_FALSE(none->has_value());
    const auto nothing = find_config("/dev/null", {});
    REQUIRE(nothing.has_value());
    REQUIRE(nothing->has_value());
    CHECK((*nothing)->text.empty());
}

TEST_CASE("unless one is named, the configuration of the user is found where XDG has it") {
    const test::TemporaryDirectory folder;
    const auto home = folder.path().string();
    std::filesystem::create_directories(folder.path() / ".config" / "seqload");
    std::filesystem::create_directories(folder.path() / "xdg" / "seqload");
    folder.write(".config/seqload/config.toml", "# home\n");
    folder.write("xdg/seqload/config.toml", "# xdg\n");
    const auto text = [](const Variables& variables) {
        const auto found = find_config(std::nullopt, variables);
        REQUIRE(found.has_value());
        return *found ? (*found)->text : "none";
    };
    CHECK(text({{"HOME", home}}) == "# home\n");
    CHECK(text({{"HOME", home}, {"XDG_CONFIG_HOME", home + "/xdg"}}) == "# xdg\n");
    CHECK(text({{"HOME", home}, {"XDG_CONFIG_HOME", ""}}) == "# home\n");
    CHECK(text({{"HOME", home}, {"XDG_CONFIG_HOME", "xdg"}}) == "# home\n");
    CHECK(text({{"HOME", home}, {"XDG_CONFIG_HOME", home + "/elsewhere"}}) == "none");
    CHECK(text({}) == "none");
}

TEST_CASE("a file that everybody may write is refused, named or not") {
    const test::TemporaryDirectory folder;
    const auto path = folder.write("c.toml", "");
    REQUIRE(::chmod(path.c_str(), 0664) == 0);
    CHECK(find_config(path, {}).has_value());
    REQUIRE(::chmod(path.c_str(), 0646) == 0);
    CHECK(place_refusal(path) ==
          path + ": everybody may write this file, so it cannot be trusted (chmod o-w " + path +
              ")");
}

TEST_CASE("a file of another user is read when it is named, never unasked") {
    if (::geteuid() != 0)
        return;  // only root can give files away
    const test::TemporaryDirectory folder;
    std::filesystem::create_directories(folder.path() / "seqload");
    const auto path = folder.write("seqload/config.toml", "yes = true\n");
    const Variables variables{{"XDG_CONFIG_HOME", folder.path().string()}};
    CHECK(find_config(std::nullopt, variables).has_value());
    REQUIRE(::chown(path.c_str(), 65534, 65534) == 0);
    const auto unasked = find_config(std::nullopt, variables);
    REQUIRE_FALSE(unasked.has_value());
    CHECK(unasked.error().what.find("another user") != std::string::npos);
    CHECK(find_config(path, variables).has_value());
}

TEST_CASE("a pipe is read when it is named, and holds nobody up where it is not") {
    const test::TemporaryDirectory folder;
    std::filesystem::create_directories(folder.path() / "seqload");
    const auto pipe = (folder.path() / "seqload" / "config.toml").string();
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const auto found = find_config(std::nullopt, {{"XDG_CONFIG_HOME", folder.path().string()}});
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().what.find("no regular file") != std::string::npos);
}

TEST_CASE("a MiB is read, and a byte more is not") {
    const test::TemporaryDirectory folder;
    const std::size_t most = 1024UL * 1024;
    const auto path = folder.write("c.toml", std::string(most, '#'));
    CHECK(find_config(path, {}).has_value());
    folder.write("c.toml", std::string(most + 1, '#'));
    CHECK(place_refusal(path).find("1 MiB") != std::string::npos);
}

}  // namespace seqload::app
