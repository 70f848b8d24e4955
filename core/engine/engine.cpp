// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include <numeric>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/lru_cache.h"
#include "core/engine/device.h"
#include "core/engine/edit_follower.h"
#include "core/engine/encoding_tensors.h"
#include "core/engine/model_loading.h"
#include "core/engine/projected_maps.h"
#include "core/engine/torch_errors.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

/// LibTorch's errors become ours: memory and drivers, since shapes were checked when the model was loaded.
template <typename Work>
auto translated(const EngineOptions& options, Work work)
{
    const c10::InferenceMode inference;
    return withTorchErrors(options.device, work);
}

at::Tensor toHost(const at::Tensor& tensor)
{
    return tensor.to(at::kCPU, at::kFloat).contiguous();
}

std::vector<float> toVector(const at::Tensor& tensor)
{
    const at::Tensor host = toHost(tensor);
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

/// The floats of a tensor, which stays alive as long as the pointer.
std::shared_ptr<const float> toShared(const at::Tensor& tensor)
{
    const auto host = std::make_shared<const at::Tensor>(toHost(tensor));
    return {host, host->data_ptr<float>()};
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

/// Half precision overflows where float32 does not: such a result has no order and no maps worth looking at.
void requireFinite(const at::Tensor& logits)
{
    if (!at::isfinite(logits).all().item<bool>())
        throw Error(ErrorCode::Device, "logits", "expected finite numbers, got an overflow",
                    "Switch half precision off in the settings");
}

/// Which queries are computed, and which of them answers for each class.
struct QueryPlan {
    Intr::Queries queries;
    std::vector<int> queryOfClass; // -1: none
};

std::vector<int> allClasses(int count)
{
    std::vector<int> classes(static_cast<std::size_t>(count));
    std::iota(classes.begin(), classes.end(), 0);
    return classes;
}

QueryPlan planQueries(const QuerySet& set, int classCount)
{
    QueryPlan plan;
    plan.queryOfClass.assign(static_cast<std::size_t>(classCount), -1);
    Intr::Queries& queries = plan.queries;
    queries.classes = set.mode == LimitMode::All ? allClasses(classCount) : set.active;
    if (set.mode == LimitMode::Zero) {
        queries.zeros = classCount - static_cast<int>(set.active.size());
        plan.queryOfClass.assign(static_cast<std::size_t>(classCount), static_cast<int>(set.active.size()));
    }
    for (std::size_t query = 0; query < queries.classes.size(); ++query)
        plan.queryOfClass[static_cast<std::size_t>(queries.classes[query])] = static_cast<int>(query);
    for (const int classIndex : set.mode == LimitMode::Drop ? set.active : allClasses(classCount)) {
        queries.logits.classes.push_back(classIndex);
        queries.logits.rows.push_back(plan.queryOfClass[static_cast<std::size_t>(classIndex)]);
    }
    return plan;
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
        LoadedModel loaded =
            translated(m_options, [&] { return loadModel(path, m_options.stateDict, m_compute, progress, accept); });
        m_edits.forget();
        m_loaded = std::move(loaded);
        m_encodings.clear();
        m_decodings.clear();
        return m_loaded.description;
    }

    std::shared_ptr<const Encoding> encode(const ModelInput& input, const Progress& progress, EncodeUse use)
    {
        auto encoding = knownOrEncoded(input, progress, use);
        m_encodings.insert(encoding->key(), encoding, encoding->bytes());
        return encoding;
    }

    std::shared_ptr<const Decoding> decode(const Encoding& encoding, const QuerySet& set, const Progress& progress)
    {
        auto decoding = knownOrDecoded(encoding, set, progress);
        m_decodings.insert(decoding->key(), decoding, decoding->bytes());
        return decoding;
    }

    std::vector<float> logits(const ModelInput& input, const Progress& progress)
    {
        return knownOrDecoded(*knownOrEncoded(input, progress, EncodeUse::Passing), {}, progress)->logits();
    }

    Grid grid(const ModelInput& input, std::size_t blocks, const Progress& progress)
    {
        requireModel();
        const Backbone& backbone = m_loaded.intr ? m_loaded.intr->backbone() : m_loaded.classifier->backbone();
        if (blocks > backbone.plan().size())
            throw Error(ErrorCode::BadArgument, "blocks",
                        "expected at most " + std::to_string(backbone.plan().size()) + ", got " +
                            std::to_string(blocks));
        return translated(m_options, [&] {
            const at::Tensor image =
                imageOf(input).to(m_compute.device, m_compute.type).contiguous(at::MemoryFormat::ChannelsLast);
            const at::Tensor grid = backbone.runBlocks(0, blocks, image, progress);
            return Grid{static_cast<int>(grid.size(1)), static_cast<int>(grid.size(2)), static_cast<int>(grid.size(3)),
                        toVector(grid)};
        });
    }

    std::vector<float> logitsWith(const Encoding& encoding, const Decoding& decoding, int classIndex,
                                  const std::vector<float>& attention)
    {
        requireModel();
        const Decoding::Extent& extent = decoding.extent();
        if (!m_loaded.intr || extent.layers < 1)
            throw Error(ErrorCode::Unsupported, "attention", "expected a model with cross-attention, got none");
        const auto heads = static_cast<std::int64_t>(extent.heads);
        const auto cells = static_cast<std::int64_t>(extent.cells());
        const std::int64_t count = static_cast<std::int64_t>(attention.size()) / (heads * cells);
        if (count < 1 || static_cast<std::int64_t>(attention.size()) != count * heads * cells)
            throw Error(ErrorCode::Mismatch, "attention",
                        "expected weights of " + std::to_string(heads) + " heads over " + std::to_string(cells) +
                            " cells, got " + std::to_string(attention.size()) + " values");
        const std::span<const float> state = decoding.state(classIndex);
        return translated(m_options, [&] {
            const at::Tensor rows =
                at::from_blob(const_cast<float*>(state.data()), {1, extent.hiddenDim}, at::kFloat).repeat({count, 1});
            const at::Tensor weights =
                at::from_blob(const_cast<float*>(attention.data()), {count, heads, cells}, at::kFloat)
                    .transpose(0, 1)
                    .contiguous();
            return toVector(m_loaded.intr->logitsWith(
                encoding.tensors().memory, std::vector<std::int64_t>(static_cast<std::size_t>(count), classIndex), rows,
                weights));
        });
    }

    std::shared_ptr<const Decoding> decode(const Encoding& encoding, const QuerySet& set,
                                           const AttentionIntervention& intervention, const Progress& progress)
    {
        const std::shared_ptr<const Decoding> whole = decode(encoding, set, progress);
        if (intervention.empty())
            return whole;
        std::vector<float> attention = intervenedAttention(intervention, *whole);
        return translated(m_options, [&] {
            return std::make_shared<const Decoding>(
                interventionKey(*whole, intervention), *whole, intervention,
                computeAnswer(*m_loaded.intr, encoding, *whole, intervention.classIndex, std::move(attention)));
        });
    }

    EngineOptions m_options;
    Compute m_compute;
    DeviceReport m_report;
    LoadedModel m_loaded;
    EngineCounters m_counters;
    EditFollower m_edits;

private:
    void requireModel() const
    {
        if (!m_loaded.isOpen())
            throw Error(ErrorCode::BadArgument, "checkpoint", "expected an open checkpoint, got none");
    }

    std::shared_ptr<const Encoding> knownOrEncoded(const ModelInput& input, const Progress& progress, EncodeUse use)
    {
        requireModel();
        const ContentKey key = contentKey(m_loaded.description.sha256 + " " + text(input.key));
        if (auto known = m_encodings.find(key))
            return known;
        auto encoding = translated(m_options, [&] { return computeEncoding(key, input, progress, use); });
        ++m_counters.encodes;
        m_counters.partialEncodes += m_edits.lastWasPartial() ? 1 : 0;
        return encoding;
    }

    std::shared_ptr<const Decoding> knownOrDecoded(const Encoding& encoding, const QuerySet& set,
                                                   const Progress& progress)
    {
        requireModel();
        validate(set, m_loaded.description.config.queries);
        const ContentKey key = decodingKey(encoding, set);
        if (auto known = m_decodings.find(key))
            return known;
        auto decoding = translated(m_options, [&] {
            return m_loaded.intr ? computeDecoding(*m_loaded.intr, key, encoding, set, progress)
                                 : classify(*m_loaded.classifier, key, encoding, set);
        });
        ++m_counters.decodes;
        return decoding;
    }

    std::shared_ptr<const Encoding> computeEncoding(const ContentKey& key, const ModelInput& input,
                                                    const Progress& progress, EncodeUse use)
    {
        const at::Tensor image = imageOf(input);
        auto tensors = std::make_unique<Encoding::Tensors>();
        Intr::Memory& memory = tensors->memory;
        if (m_loaded.intr)
            memory = m_loaded.intr->encodeGrid(runBackbone(m_loaded.intr->backbone(), image, progress, use), progress);
        else
            memory = {LinearClassifier::poolGrid(runBackbone(m_loaded.classifier->backbone(), image, progress, use)),
                      1,
                      1,
                      {}};
        for (const at::Tensor& keys : memory.projection.keys) {
            tensors->keys.push_back(toShared(keys));
            if (tensors->keys.back().get() != keys.data_ptr())
                tensors->copiedBytes += static_cast<std::size_t>(keys.numel()) * sizeof(float);
        }
        return std::make_shared<const Encoding>(key, memory.rows, memory.columns,
                                                toVector(memory.tokens.to(at::kFloat).norm(2, 1)), std::move(tensors));
    }

    at::Tensor runBackbone(const Backbone& backbone, const at::Tensor& image, const Progress& progress, EncodeUse use)
    {
        const at::Tensor pixels = image.to(m_compute.device, m_compute.type);
        if (!m_options.followEdits)
            return backbone.run(pixels, progress);
        return use == EncodeUse::Followed ? m_edits.run(backbone, pixels, progress)
                                          : m_edits.pass(backbone, pixels, progress);
    }

    static std::shared_ptr<const Decoding> computeDecoding(const Intr& model, const ContentKey& key,
                                                           const Encoding& encoding, const QuerySet& set,
                                                           const Progress& progress)
    {
        const ModelConfig& config = model.config();
        QueryPlan plan = planQueries(set, config.queries);
        const Intr::Decoded decoded = model.decode(encoding.tensors().memory, plan.queries, progress);
        requireFinite(decoded.logits);
        const Decoding::Extent extent{
            config.decoderLayers, config.heads,       static_cast<int>(decoded.maps.outputs.size(0)),
            encoding.rows(),      encoding.columns(), config.queries,
            config.hiddenDim};
        std::vector<std::shared_ptr<const float>> queries;
        for (const at::Tensor& layer : decoded.maps.queries)
            queries.push_back(toShared(layer));
        const ProjectedMaps::Sizes sizes{static_cast<std::size_t>(extent.heads),
                                         static_cast<std::size_t>(extent.queries), extent.cells(),
                                         static_cast<std::size_t>(extent.hiddenDim / extent.heads)};
        return std::make_shared<const Decoding>(
            key, set, extent, std::move(plan.queryOfClass),
            Decoding::Arrays{
                toVector(decoded.logits), toVector(decoded.maps.outputs), toVector(decoded.maps.states),
                std::make_shared<const ProjectedMaps>(sizes, std::move(queries), encoding.tensors().keys)});
    }

    static Decoding::Answer computeAnswer(const Intr& model, const Encoding& encoding, const Decoding& whole,
                                          int classIndex, std::vector<float> attention)
    {
        const Decoding::Extent& extent = whole.extent();
        std::vector<float> state(whole.state(classIndex).begin(), whole.state(classIndex).end());
        const Intr::Answer answer = model.answer(
            encoding.tensors().memory, classIndex, at::from_blob(state.data(), {1, extent.hiddenDim}, at::kFloat),
            at::from_blob(attention.data(), {extent.heads, 1, static_cast<std::int64_t>(extent.cells())}, at::kFloat));
        requireFinite(answer.logit);
        return {answer.logit.item<float>(), toVector(answer.output), std::move(attention)};
    }

    static std::shared_ptr<const Decoding> classify(const LinearClassifier& model, const ContentKey& key,
                                                    const Encoding& encoding, const QuerySet& set)
    {
        if (set.mode != LimitMode::All)
            throw Error(ErrorCode::BadArgument, "active classes",
                        "a plain classifier has no queries to limit, got mode " + std::string(toString(set.mode)));
        const at::Tensor logits = model.logits(encoding.tensors().memory.tokens);
        requireFinite(logits);
        const int classes = model.config().queries;
        const Decoding::Extent extent{0, 0, classes, encoding.rows(), encoding.columns(), classes, 0};
        return std::make_shared<const Decoding>(key, set, extent, allClasses(classes),
                                                Decoding::Arrays{toVector(logits), {}, {}, nullptr});
    }

    LruCache<ContentKey, Encoding> m_encodings;
    LruCache<ContentKey, Decoding> m_decodings;
};

void requireMaps(const ModelDescription& model)
{
    if (model.config.head == HeadKind::Linear)
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

std::vector<float> Engine::logits(const ModelInput& input, const Progress& progress)
{
    return m_impl->logits(input, progress);
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
    return m_impl->m_counters;
}

std::size_t Engine::editBytes() const
{
    return m_impl->m_edits.bytes();
}

} // namespace ocellus
