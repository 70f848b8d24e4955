// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt_watcher.h"

#include <csignal>
#include <pthread.h>

namespace ocellus {

namespace {

/// Wakes the watching thread when there is nothing left to watch.
constexpr int wakeSignal = SIGUSR1;

sigset_t watchedSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, wakeSignal);
    for (const int number : {SIGINT, SIGTERM}) {
        // A shell that starts a job in the background has its SIGINT ignored; it stays so.
        struct sigaction present = {};
        sigaction(number, nullptr, &present);
        if (present.sa_handler != SIG_IGN)
            sigaddset(&signals, number);
    }
    return signals;
}

} // namespace

InterruptWatcher::InterruptWatcher()
{
    const sigset_t signals = watchedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_thread = std::thread([this] { watch(); });
}

InterruptWatcher::~InterruptWatcher()
{
    pthread_kill(m_thread.native_handle(), wakeSignal);
    m_thread.join();
}

void InterruptWatcher::watch()
{
    const sigset_t signals = watchedSignals();
    int number = 0;
    sigwait(&signals, &number);
    if (number == wakeSignal)
        return;
    m_signal = number;
    m_stop.request_stop();

    sigwait(&signals, &number);
    if (number == wakeSignal)
        return;
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
    raise(number);
}

} // namespace ocellus
