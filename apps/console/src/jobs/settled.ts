import { useEffect, useState } from 'react';

const quietMillis = 350;

/** The value once nobody has changed it for a moment, so that the policy is not asked at each letter. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, quietMillis);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
