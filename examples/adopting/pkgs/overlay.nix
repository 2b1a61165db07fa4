final: prev: { greeting = prev.hello; }
