// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

#include "core/base/error.h"
#include "core/engine/checkpoint_hints.h"
#include "core/engine/model_companions.h"
#include "core/io/shard_index.h"

using namespace ocellus;

namespace {

/// The files beside a model, in a folder in memory.
class Folder {
public:
    Folder() : m_path("/dev/shm/ocellus-fuzz-" + std::to_string(getpid()))
    {
        std::filesystem::create_directories(m_path);
        write("part.safetensors", std::string("\2\0\0\0\0\0\0\0{}", 10));
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path at(const std::string& name) const { return m_path / name; }

    void write(const std::string& name, std::string_view content) const
    {
        std::ofstream file(at(name), std::ios::binary);
        if (!file.write(content.data(), static_cast<std::streamsize>(content.size())))
            std::abort();
    }

private:
    std::filesystem::path m_path;
};

} // namespace

/// config.json, preprocessor_config.json, a sidecar and an index, with a zero byte after each but the last.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const Folder folder;
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    for (const char* name :
         {"config.json", "preprocessor_config.json", "model.ocellus-model.json", "model.safetensors.index.json"}) {
        const std::string_view content = rest.substr(0, rest.find('\0'));
        folder.write(name, content);
        rest.remove_prefix(std::min(content.size() + 1, rest.size()));
    }
    const ModelCompanions companions = readCompanions(folder.at("model.safetensors"), nullptr, true);
    CheckpointHints hints(companions.settings);
    static_cast<void>(hints.declared());
    static_cast<void>(hints.preprocess());
    static_cast<void>(hints.classNames(3));
    static_cast<void>(hints.training());
    static_cast<void>(hints.untrained());
    try {
        static_cast<void>(shardsOf(InputFile(folder.at("model.safetensors.index.json"))));
    } catch (const Error&) {
    }
    return 0;
}
