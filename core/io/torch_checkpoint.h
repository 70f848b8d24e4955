// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/io/checkpoint.h"
#include "core/io/input_file.h"
#include "core/io/torch_contents.h"

namespace ocellus {

/// What the two formats of torch.save share: tensors as views of storages. For one thread.
class TorchCheckpoint : public Checkpoint {
public:
    const std::vector<TensorInfo>& tensors() const override { return m_contents.tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override;
    std::uint64_t fileBytes() const override { return m_file.size(); }
    const nlohmann::json& args() const override { return m_contents.args; }
    const nlohmann::json& object() const override { return m_contents.object; }
    const StateDictOrigin& origin() const override { return m_contents.origin; }

protected:
    explicit TorchCheckpoint(InputFile file) : m_file(std::move(file)) {}

    /// Bytes from `offset` of the whole storage on; they lie inside it.
    virtual void readStorage(const PickleStorage& storage, std::uint64_t offset, std::span<std::byte> out) const = 0;

    const InputFile& file() const { return m_file; }
    std::string subject() const { return m_file.path().string(); }
    void setContents(TorchContents contents) { m_contents = std::move(contents); }
    const TorchContents& contents() const { return m_contents; }

private:
    void readStrided(const TensorInfo& tensor, const TensorPlace& place, std::span<float> out) const;

    InputFile m_file;
    TorchContents m_contents;
};

} // namespace ocellus
