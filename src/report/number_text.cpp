#include "seqload/report/number_text.hpp"

#include <utility>

namespace seqload::report {

std::string_view NumberText::operator()(std::uint64_t number) {
    const std::uint64_t last = std::exchange(number_, number);
    if (last != 0 && number > last && number - last == 1)
        count_up();
    else
        put(number);
    return {digits_.data() + begin_, digits_.size() - begin_};
}

void NumberText::count_up() {
    std::size_t place = digits_.size() - 1;
    for (; place > begin_ && digits_[place] == '9'; --place)
        digits_[place] = '0';
    if (digits_[place] != '9')
        ++digits_[place];
    else
        put(number_);  // one digit more
}

void NumberText::put(std::uint64_t number) {
    begin_ = digits_.size();
    do {
        digits_[--begin_] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
}

}  // namespace seqload::report
