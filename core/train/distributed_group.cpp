// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/distributed_group.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <optional>
#include <thread>

#include <torch/cuda.h>

#include "core/base/error.h"
#include "core/train/gradient_buckets.h"
#include "core/train/heartbeat.h"
#include "core/train/torch_distributed_headers.h"
#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

using namespace std::chrono_literals;

/// Ranks may wait for one another this long: for the leader's saving, a slow disk, a share of the pictures that is not
/// in the cache yet. Who is gone is known earlier, by the heartbeat.
constexpr auto longestWait = 6h;
constexpr auto storeTimeout = 20s;
constexpr auto farewell = 10s;

c10::intrusive_ptr<c10d::Store> openStore(const RankEnvironment& environment)
{
    c10d::TCPStoreOptions options;
    options.port = environment.masterPort;
    options.isServer = environment.isLeader() && environment.sharedPrefix.empty();
    options.waitWorkers = false;
    options.timeout = environment.joinLimit;
    const auto store = c10::make_intrusive<c10d::TCPStore>(environment.masterAddress, options);
    if (environment.sharedPrefix.empty())
        return store;
    return c10::make_intrusive<c10d::PrefixStore>(environment.sharedPrefix, store);
}

std::string gateOf(const std::string& name)
{
    return name + "/all";
}

/// The ranks count themselves under `name`, and the last one opens the gate for those that wait there.
void arriveAt(c10d::Store& store, const std::string& name, int ranks)
{
    if (store.add(name + "/count", 1) == ranks)
        store.set(gateOf(name), std::vector<std::uint8_t>{1});
}

c10::intrusive_ptr<c10d::Store> meetAll(const RankEnvironment& environment)
{
    try {
        auto store = openStore(environment);
        arriveAt(*store, "join", environment.ranks);
        store->wait({gateOf("join")}, environment.joinLimit);
        store->setTimeout(storeTimeout);
        return store;
    } catch (const std::exception& error) {
        throw Error(ErrorCode::NotFound,
                    "MASTER_ADDR " + environment.masterAddress + ", MASTER_PORT " +
                        std::to_string(environment.masterPort),
                    "expected " + std::to_string(environment.ranks) + " processes to meet there within " +
                        std::to_string(environment.joinLimit.count()) + " s: " + sentenceOf(error),
                    "Start all of them with the same address and port, which rank 0 must be able to use; "
                    "OCELLUS_JOIN_SECONDS gives them more time");
    }
}

#if OCELLUS_HAS_GLOO
using GlooOptions = c10::intrusive_ptr<c10d::ProcessGroupGloo::Options>;

/// To be made before the ranks meet: a wrong network interface is then one rank's error at once, and for the others a
/// rank that never came, not hours of waiting for its address.
GlooOptions makeGlooOptions()
{
    using c10d::ProcessGroupGloo;
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME"); // as in PyTorch
    try {
        const GlooOptions options = ProcessGroupGloo::Options::create(longestWait);
        options->devices.push_back(interface ? ProcessGroupGloo::createDeviceForInterface(interface)
                                             : ProcessGroupGloo::createDefaultDevice());
        options->threads = 2;
        return options;
    } catch (const std::exception& error) {
        throw Error(ErrorCode::Device, interface ? "GLOO_SOCKET_IFNAME" : "network",
                    "expected a network interface to talk through, got " +
                        (interface ? std::string(interface) + ": " : std::string()) + sentenceOf(error),
                    "GLOO_SOCKET_IFNAME names the interface to use");
    }
}
#else
struct GlooOptions {};

GlooOptions makeGlooOptions()
{
    return {};
}
#endif

bool usesNccl(const at::Device& device)
{
    return OCELLUS_HAS_NCCL && device.is_cuda();
}

c10::intrusive_ptr<Collectives> makeCollectives([[maybe_unused]] const c10::intrusive_ptr<c10d::Store>& store,
                                                [[maybe_unused]] const RankEnvironment& environment,
                                                [[maybe_unused]] const GlooOptions& gloo,
                                                [[maybe_unused]] const at::Device& device)
{
#if OCELLUS_HAS_NCCL
    if (usesNccl(device)) {
        const auto options = c10d::ProcessGroupNCCL::Options::create();
        options->timeout = longestWait;
        return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, environment.rank, environment.ranks, options);
    }
#endif
#if OCELLUS_HAS_GLOO
    return c10::make_intrusive<c10d::ProcessGroupGloo>(store, environment.rank, environment.ranks, gloo);
#else
    throw Error(ErrorCode::Unsupported, "WORLD_SIZE",
                "expected a single process: this build of Ocellus has neither Gloo nor NCCL for " + device.str(),
                "Build with Gloo's headers (Debian: libgloo-dev), or unset WORLD_SIZE");
#endif
}

/// Several processes over LibTorch's c10d.
class DistributedGroup : public ProcessGroup {
public:
    DistributedGroup(const RankEnvironment& environment, const at::Device& device)
        : m_environment(environment),
          m_device(usesNccl(device) ? device : at::Device(at::kCPU)),
          m_gloo(usesNccl(device) ? GlooOptions() : makeGlooOptions()),
          m_store(meetAll(environment)),
          m_heartbeat(std::in_place, m_store, environment)
    {
        guarded([&] { m_collectives = makeCollectives(m_store, environment, m_gloo, device); });
    }

    ~DistributedGroup() override;

    int rank() const override { return m_environment.rank; }
    int ranks() const override { return m_environment.ranks; }

    void watch(const std::vector<at::Tensor>& parameters) override;
    void finishGradients() override;
    void sum(std::span<double> values) override;
    void barrier() override
    {
        double one[] = {1};
        sum(one);
    }

private:
    c10::intrusive_ptr<c10d::Work> startSum(const at::Tensor& tensor);
    void waitFor(c10d::Work& work);
    void requireAll();
    template <typename Action>
    void guarded(const Action& action);
    [[noreturn]] void fail(const std::string& detail);

    RankEnvironment m_environment;
    at::Device m_device; ///< where sums are made
    GlooOptions m_gloo;
    c10::intrusive_ptr<c10d::Store> m_store;
    std::optional<Heartbeat> m_heartbeat;
    c10::intrusive_ptr<Collectives> m_collectives;
    std::unique_ptr<GradientBuckets> m_buckets;
    bool m_bucketsOrdered = false;
    bool m_failed = false;
};

DistributedGroup::~DistributedGroup()
{
    m_buckets.reset();
    if (m_failed || std::uncaught_exceptions() > 0) {
        if (!m_failed)
            m_heartbeat->announce(m_environment.name() + " has stopped with an error of its own");
        // Its threads may wait for a rank that will never answer, and destroying it would wait for them.
        m_collectives.release();
        return;
    }
    m_heartbeat.reset();
    try {
        m_collectives.reset();
        // Rank 0 serves the store: it leaves last, so that no other rank takes its end for a failure.
        arriveAt(*m_store, "leave", m_environment.ranks);
        if (m_environment.isLeader())
            m_store->wait({gateOf("leave")}, farewell);
    } catch (const std::exception&) { // all is done and saved: a rank that left without a word does no harm
    }
}

void DistributedGroup::watch(const std::vector<at::Tensor>& parameters)
{
    m_buckets.reset();
    m_bucketsOrdered = false;
    m_buckets = std::make_unique<GradientBuckets>(parameters, m_device,
                                                  [this](const at::Tensor& tensor) { return startSum(tensor); });
}

void DistributedGroup::finishGradients()
{
    guarded([this] { m_buckets->finish([this](c10d::Work& work) { waitFor(work); }); });
    if (m_bucketsOrdered)
        return;
    // All ranks fill their buckets in the order in which rank 0's first backward pass made the gradients.
    std::vector<double> arrivals = m_buckets->arrivals();
    if (rank() != 0)
        std::ranges::fill(arrivals, 0.0);
    sum(arrivals);
    m_bucketsOrdered = std::ranges::any_of(arrivals, [](double arrival) { return arrival > 0; });
    if (m_bucketsOrdered)
        m_buckets->reorder(arrivals);
}

void DistributedGroup::sum(std::span<double> values)
{
    guarded([&] {
        const at::Tensor own =
            at::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}, at::TensorOptions(at::kDouble));
        const at::Tensor sums = own.to(m_device, at::kDouble, false, true);
        waitFor(*startSum(sums));
        own.copy_(sums);
    });
}

c10::intrusive_ptr<c10d::Work> DistributedGroup::startSum(const at::Tensor& tensor)
{
    requireAll();
    std::vector<at::Tensor> tensors = {tensor};
    return m_collectives->allreduce(tensors);
}

void DistributedGroup::waitFor(c10d::Work& work)
{
    while (!work.isCompleted()) {
        requireAll();
        if (m_device.is_cuda()) { // its wait() would only order streams, or abort the group after the time given
            std::this_thread::sleep_for(200us);
            continue;
        }
        try {
            work.wait(1s);
        } catch (const std::exception&) {
            if (work.isCompleted())
                break;
        }
    }
    work.wait();
}

void DistributedGroup::requireAll()
{
    if (const std::string failure = m_heartbeat->failure(); !failure.empty())
        fail(failure);
}

template <typename Action>
void DistributedGroup::guarded(const Action& action)
{
    try {
        action();
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        const std::string told = m_heartbeat->failureNow();
        fail(told.empty() ? "another rank is gone: " + sentenceOf(error) : told);
    }
}

void DistributedGroup::fail(const std::string& detail)
{
    m_failed = true;
    throw Error(ErrorCode::Unreadable, "training in " + std::to_string(ranks()) + " processes", detail,
                "--resume goes on from the last checkpoint, with as many processes as there are");
}

} // namespace

std::string deviceOfRank(const std::string& device, const RankEnvironment& environment)
{
    if (environment.ranks == 1 || (device != "auto" && device != "cuda"))
        return device;
    const auto gpus = static_cast<int>(torch::cuda::device_count());
    if (gpus == 0)
        return device;
    return "cuda:" + std::to_string(gpus == 1 ? 0 : environment.localRank);
}

std::unique_ptr<ProcessGroup> joinProcessGroup(const RankEnvironment& environment, const at::Device& device)
{
    if (environment.ranks == 1)
        return std::make_unique<ProcessGroup>();
    return std::make_unique<DistributedGroup>(environment, device);
}

} // namespace ocellus
