#include "seqload/sandbox/program.hpp"

int main(int argument_count, char** arguments) {
    return seqload::sandbox::run_program(argument_count, arguments);
}
