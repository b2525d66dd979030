#include "seqload/sandbox/answer_shape.hpp"

#include "seqload/sandbox/json_fields.hpp"

#include <array>
#include <string_view>

namespace seqload::sandbox {
namespace {

template <class Shape, std::size_t Count>
Shape one_of(JsonFields& fields, std::string_view name,
             const std::array<std::string_view, Count>& names) {
    const std::string given = fields.text(name, names[0]);
    for (std::size_t shape = 0; shape < Count; ++shape)
        if (names[shape] == given)
            return static_cast<Shape>(shape);
    fields.refuse("there is no shape '" + given + "'", name);
    return Shape{};
}

}  // namespace

Result<AnswerShape> read_answer_shape(const nlohmann::json& value, const std::string& where) {
    JsonFields fields(value, where);
    AnswerShape shape;
    shape.contacts = one_of<ContactsShape>(
        fields, "contacts",
        std::array<std::string_view, 4>{"objects", "ids", "lists", "lists_of_ids"});
    shape.skipped =
        one_of<SkippedShape>(fields, "skipped", std::array<std::string_view, 2>{"object", "array"});
    shape.both = static_cast<std::uint32_t>(fields.number("both", 0));
    shape.unnamed = static_cast<std::uint32_t>(fields.number("unnamed", 0));
    shape.job = fields.flag("job", false);
    if (auto finished = fields.finish(); !finished)
        return std::unexpected(finished.error());
    return shape;
}

}  // namespace seqload::sandbox
