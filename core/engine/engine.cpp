// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/lru_cache.h"
#include "core/engine/device.h"
#include "core/engine/edit_follower.h"
#include "core/engine/model_loading.h"
#include "core/engine/torch_errors.h"
#include "core/model/host_values.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// Of 224x224: a GPU is busy with them, and their grids are well under a gigabyte.
constexpr std::size_t picturesOfBatch = 64;

/// LibTorch's errors become ours: memory and drivers, since shapes were checked when the model was loaded.
template <typename Work>
auto translated(const EngineOptions& options, Work work)
{
    useThreads(options);
    const c10::InferenceMode inference;
    return withTorchErrors(options.device, work);
}

/// Shares the values: from_blob needs a mutable pointer, but the tensor is only read.
at::Tensor imageOf(const ModelInput& input)
{
    return at::from_blob(const_cast<float*>(input.values.data()), {1, 3, input.inputSize.height, input.inputSize.width},
                         at::kFloat);
}

std::string text(const ContentKey& key)
{
    return std::to_string(key.high) + "-" + std::to_string(key.low);
}

ContentKey decodingKey(const Encoding& encoding, const QuerySet& set)
{
    std::string content = text(encoding.key()) + " " + std::string(toString(set.mode));
    for (const int classIndex : set.active)
        content += " " + std::to_string(classIndex);
    return contentKey(content);
}

bool areOfOneSize(std::span<const ModelInput> inputs)
{
    return std::ranges::all_of(inputs,
                               [&](const ModelInput& input) { return input.inputSize == inputs.front().inputSize; });
}

ContentKey interventionKey(const Decoding& whole, const AttentionIntervention& intervention)
{
    std::string content = text(whole.key()) + " by hand " + std::to_string(intervention.classIndex) + " heads";
    for (const int head : intervention.heads)
        content += " " + std::to_string(head);
    for (const auto& [head, cells] : intervention.cells) {
        content += " cells of " + std::to_string(head) + ":";
        for (const int cell : cells)
            content += " " + std::to_string(cell);
    }
    return contentKey(content);
}

} // namespace

class Engine::Impl {
public:
    explicit Impl(const EngineOptions& options)
        : m_options(options),
          m_compute(chooseCompute(options)),
          m_report(translated(options, [this] { return reportDevice(m_options, m_compute); })),
          m_encodings(options.encodingCacheBytes),
          m_decodings(options.decodingCacheBytes)
    {
    }

    const ModelDescription& open(const std::filesystem::path& path, const Progress& progress, const Acceptance& accept)
    {
        // What is known of the one before goes before the weights of the new one come, which may be a gigabyte each.
        const auto acceptAndForget = [this, &accept](const ModelDescription& description) {
            if (accept)
                accept(description);
            m_edits.forget();
            m_encodings.clear();
            m_decodings.clear();
        };
        LoadedModel loaded = translated(m_options, [&] {
            return loadModel(path, m_options.stateDict, m_options.model, m_compute, progress, acceptAndForget);
        });
        m_loaded = std::move(loaded);
        return m_loaded.description;
    }

    std::shared_ptr<const Encoding> encode(const ModelInput& input, const Progress& progress, EncodeUse use)
    {
        auto encoding = knownOrEncoded(input, progress, use);
        const std::lock_guard lock(m_mutex);
        m_encodings.insert(encoding->key(), encoding, encoding->bytes());
        return encoding;
    }

    std::shared_ptr<const Decoding> decode(const Encoding& encoding, const QuerySet& set, const Progress& progress)
    {
        auto decoding = knownOrDecoded(encoding, set, progress);
        const std::lock_guard lock(m_mutex);
        m_decodings.insert(decoding->key(), decoding, decoding->bytes());
        return decoding;
    }

    std::vector<float> logits(const ModelInput& input, const Progress& progress)
    {
        return knownOrDecoded(*knownOrEncoded(input, progress, EncodeUse::Passing), {}, progress)->logits();
    }

    std::vector<std::vector<float>> logits(std::span<const ModelInput> inputs, const Progress& progress)
    {
        requireModel();
        const Backbone* const backbone = m_loaded.model->backbone();
        std::vector<std::vector<float>> all;
        if (backbone && m_compute.device.is_cuda() && inputs.size() > 1 && areOfOneSize(inputs))
            return translated(m_options, [&] { return logitsOfBatch(*backbone, inputs, progress); });
        for (const ModelInput& input : inputs)
            all.push_back(logits(input, progress));
        return all;
    }

    std::size_t picturesAtOnce() const { return m_compute.device.is_cuda() ? picturesOfBatch : 1; }

    Grid grid(const ModelInput& input, std::size_t blocks, const Progress& progress)
    {
        requireModel();
        const Backbone* const backbone = m_loaded.model->backbone();
        if (!backbone)
            throw Error(ErrorCode::Unsupported, "grid",
                        "expected a backbone whose grids can be had one by one, got another");
        if (blocks > backbone->plan().size())
            throw Error(ErrorCode::BadArgument, "blocks",
                        "expected at most " + std::to_string(backbone->plan().size()) + ", got " +
                            std::to_string(blocks));
        return translated(m_options, [&] {
            const at::Tensor image =
                imageOf(input).to(m_compute.device, m_compute.type).contiguous(at::MemoryFormat::ChannelsLast);
            const at::Tensor grid = backbone->runBlocks(0, blocks, image, progress);
            return Grid{static_cast<int>(grid.size(1)), static_cast<int>(grid.size(2)), static_cast<int>(grid.size(3)),
                        toVector(grid)};
        });
    }

    std::vector<float> logitsWith(const Encoding& encoding, const Decoding& decoding, int classIndex,
                                  const std::vector<float>& attention)
    {
        requireModel();
        const Decoding::Extent& extent = decoding.extent();
        if (!m_loaded.description.offer.canIntervene || extent.layers < 1)
            throw Error(ErrorCode::Unsupported, "attention", "expected a model with cross-attention, got none");
        const auto heads = static_cast<std::int64_t>(extent.heads);
        const auto cells = static_cast<std::int64_t>(extent.cells());
        const std::int64_t count = static_cast<std::int64_t>(attention.size()) / (heads * cells);
        if (count < 1 || static_cast<std::int64_t>(attention.size()) != count * heads * cells)
            throw Error(ErrorCode::Mismatch, "attention",
                        "expected weights of " + std::to_string(heads) + " heads over " + std::to_string(cells) +
                            " cells, got " + std::to_string(attention.size()) + " values");
        return translated(
            m_options, [&] { return m_loaded.model->logitsWith(encoding.picture(), decoding, classIndex, attention); });
    }

    std::shared_ptr<const Decoding> decode(const Encoding& encoding, const QuerySet& set,
                                           const AttentionIntervention& intervention, const Progress& progress)
    {
        const std::shared_ptr<const Decoding> whole = decode(encoding, set, progress);
        if (intervention.empty())
            return whole;
        return translated(m_options, [&] {
            return std::make_shared<const Decoding>(interventionKey(*whole, intervention), *whole, intervention,
                                                    m_loaded.model->without(encoding.picture(), *whole, intervention));
        });
    }

    BlurredHeads blurHeads(const Encoding& encoding, const QuerySet& set, int classIndex, const Progress& progress)
    {
        requireModel();
        validate(set, m_loaded.description.offer.classes);
        return translated(m_options,
                          [&] { return m_loaded.model->blurHeads(encoding.picture(), set, classIndex, progress); });
    }

    EngineCounters counters()
    {
        const std::lock_guard lock(m_mutex);
        return m_counters;
    }

    EngineOptions m_options;
    Compute m_compute;
    DeviceReport m_report;
    LoadedModel m_loaded;
    EditFollower m_edits;

private:
    void requireModel() const
    {
        if (!m_loaded.isOpen())
            throw Error(ErrorCode::BadArgument, "checkpoint", "expected an open checkpoint, got none");
    }

    std::vector<std::vector<float>> logitsOfBatch(const Backbone& backbone, std::span<const ModelInput> inputs,
                                                  const Progress& progress)
    {
        std::vector<at::Tensor> images;
        for (const ModelInput& input : inputs)
            images.push_back(imageOf(input));
        const at::Tensor grids = backbone.run(at::cat(images).to(m_compute.device, m_compute.type), progress);
        count({static_cast<std::int64_t>(inputs.size()), 0, static_cast<std::int64_t>(inputs.size())});
        std::vector<std::vector<float>> all;
        for (std::int64_t i = 0; i < grids.size(0); ++i) {
            const auto memory = m_loaded.model->encode(grids.narrow(0, i, 1), progress);
            all.push_back(m_loaded.model->decode(*memory, {}, progress).arrays.logits);
        }
        return all;
    }

    std::shared_ptr<const Encoding> knownOrEncoded(const ModelInput& input, const Progress& progress, EncodeUse use)
    {
        requireModel();
        const ContentKey key = contentKey(m_loaded.description.sha256 + " " + text(input.key));
        if (auto known = find(m_encodings, key))
            return known;
        auto encoding = translated(m_options, [&] { return computeEncoding(key, input, progress, use); });
        count({1, m_edits.lastWasPartial() ? 1 : 0, 0});
        return encoding;
    }

    std::shared_ptr<const Decoding> knownOrDecoded(const Encoding& encoding, const QuerySet& set,
                                                   const Progress& progress)
    {
        requireModel();
        validate(set, m_loaded.description.offer.classes);
        const ContentKey key = decodingKey(encoding, set);
        if (auto known = find(m_decodings, key))
            return known;
        auto decoding = translated(m_options, [&] {
            Model::Decoded decoded = m_loaded.model->decode(encoding.picture(), set, progress);
            return std::make_shared<const Decoding>(key, set, decoded.extent, std::move(decoded.queryOfClass),
                                                    std::move(decoded.arrays));
        });
        count({0, 0, 1});
        return decoding;
    }

    std::shared_ptr<const Encoding> computeEncoding(const ContentKey& key, const ModelInput& input,
                                                    const Progress& progress, EncodeUse use)
    {
        const at::Tensor pixels = imageOf(input).to(m_compute.device, m_compute.type);
        const Backbone* const backbone = m_loaded.model->backbone();
        auto memory =
            m_loaded.model->encode(backbone ? runBackbone(*backbone, pixels, progress, use) : pixels, progress);
        const int rows = memory->rows;
        const int columns = memory->columns;
        std::vector<float> energy = toVector(memory->tokens.to(at::kFloat).norm(2, 1));
        return std::make_shared<const Encoding>(key, rows, columns, std::move(energy), std::move(memory));
    }

    at::Tensor runBackbone(const Backbone& backbone, const at::Tensor& pixels, const Progress& progress, EncodeUse use)
    {
        // A GPU is done with a whole picture before it has been told of the many small parts (measured: 16 ms against
        // 67).
        if (!m_options.followEdits || m_compute.device.is_cuda())
            return backbone.run(pixels, progress);
        return use == EncodeUse::Followed ? m_edits.run(backbone, pixels, progress)
                                          : m_edits.pass(backbone, pixels, progress);
    }

    template <typename Value>
    std::shared_ptr<const Value> find(LruCache<ContentKey, Value>& cache, const ContentKey& key)
    {
        const std::lock_guard lock(m_mutex);
        return cache.find(key);
    }

    void count(const EngineCounters& more)
    {
        const std::lock_guard lock(m_mutex);
        m_counters.encodes += more.encodes;
        m_counters.partialEncodes += more.partialEncodes;
        m_counters.decodes += more.decodes;
    }

    std::mutex m_mutex; ///< of the counters and the caches
    EngineCounters m_counters;
    LruCache<ContentKey, Encoding> m_encodings;
    LruCache<ContentKey, Decoding> m_decodings;
};

void requireMaps(const ModelDescription& model)
{
    if (model.offer.maps == MapSubject::None)
        throw Error(ErrorCode::Unsupported, model.path.string(),
                    "this is a plain classifier (head linear): it has no class queries, so there are no maps to show",
                    "Open an INTR checkpoint; ocellus-cli evaluate gives a classifier's figures");
}

Engine::Engine(const EngineOptions& options) : m_impl(std::make_unique<Impl>(options)) {}

Engine::~Engine() = default;

const EngineOptions& Engine::options() const
{
    return m_impl->m_options;
}

const DeviceReport& Engine::device() const
{
    return m_impl->m_report;
}

const ModelDescription& Engine::open(const std::filesystem::path& checkpoint, const Progress& progress,
                                     const Acceptance& accept)
{
    return m_impl->open(checkpoint, progress, accept);
}

const ModelDescription* Engine::model() const
{
    return m_impl->m_loaded.isOpen() ? &m_impl->m_loaded.description : nullptr;
}

std::shared_ptr<const Encoding> Engine::encode(const ModelInput& input, const Progress& progress, EncodeUse use)
{
    return m_impl->encode(input, progress, use);
}

std::shared_ptr<const Decoding> Engine::decode(const std::shared_ptr<const Encoding>& encoding, const QuerySet& set,
                                               const Progress& progress)
{
    return m_impl->decode(*encoding, set, progress);
}

std::shared_ptr<const Decoding> Engine::decode(const std::shared_ptr<const Encoding>& encoding, const QuerySet& set,
                                               const AttentionIntervention& intervention, const Progress& progress)
{
    return m_impl->decode(*encoding, set, intervention, progress);
}

BlurredHeads Engine::blurHeads(const std::shared_ptr<const Encoding>& encoding, const QuerySet& set, int classIndex,
                               const Progress& progress)
{
    return m_impl->blurHeads(*encoding, set, classIndex, progress);
}

std::vector<float> Engine::logits(const ModelInput& input, const Progress& progress)
{
    return m_impl->logits(input, progress);
}

std::vector<std::vector<float>> Engine::logits(std::span<const ModelInput> inputs, const Progress& progress)
{
    return m_impl->logits(inputs, progress);
}

std::size_t Engine::picturesAtOnce() const
{
    return m_impl->picturesAtOnce();
}

Engine::Grid Engine::grid(const ModelInput& input, std::size_t blocks, const Progress& progress)
{
    return m_impl->grid(input, blocks, progress);
}

std::vector<float> Engine::logitsWith(const Encoding& encoding, const Decoding& decoding, int classIndex,
                                      const std::vector<float>& attention)
{
    return m_impl->logitsWith(encoding, decoding, classIndex, attention);
}

EngineCounters Engine::counters() const
{
    return m_impl->counters();
}

std::size_t Engine::editBytes() const
{
    return m_impl->m_edits.bytes();
}

} // namespace ocellus
